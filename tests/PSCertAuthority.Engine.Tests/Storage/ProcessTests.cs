using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class ProcessTests
{
    [Fact]
    public async Task Processes_that_write_at_once_lose_nothing()
    {
        using var temporary = new TemporaryStore();
        Process[] workers = [.. Enumerable.Range(0, 4).Select(i => temporary.StartWorker("insert", i * 1000, 300))];
        foreach (Process worker in workers)
        {
            await worker.StandardOutput.ReadToEndAsync();
            await worker.WaitForExitAsync();
            Assert.Equal(0, worker.ExitCode);
            worker.Dispose();
        }

        Assert.Equal(1200, temporary.Store.Read(unit => unit.Certificates.Count()));
    }

    [Fact]
    public async Task What_a_killed_process_had_acknowledged_is_there_and_nothing_is_half_done()
    {
        using var temporary = new TemporaryStore();
        var acknowledged = new List<string>();
        for (int round = 0; round < 30; round++)
        {
            using Process worker = temporary.StartWorker("keys", round * 10000);
            acknowledged.Add((await worker.StandardOutput.ReadLineAsync())!);
            await Task.Delay(Random.Shared.Next(0, 60));
            worker.Kill();
            string rest = await worker.StandardOutput.ReadToEndAsync();
            await worker.WaitForExitAsync();
            acknowledged.AddRange(rest.Split('\n').SkipLast(1));
        }

        HashSet<string> stored = [.. temporary.Store.Read(unit => unit.Certificates.Page(new(), null, 100000).Records.Select(r => r.SerialNumber).ToList())];
        Assert.Subset(stored, acknowledged.ToHashSet());
        string[] keys = [.. Directory.GetFiles(temporary.Store.KeyDirectory).Select(file => Path.GetFileName(file)!).Order()];
        Assert.Equal(stored.Select(serial => serial + ".key").Order(), keys);
    }

    [Fact]
    public async Task A_wait_in_vain_names_the_holder()
    {
        using var temporary = new TemporaryStore();
        using Process worker = temporary.StartWorker("hold");
        await worker.StandardOutput.ReadLineAsync();
        var impatient = new CaStore(temporary.Path, lockTimeout: TimeSpan.FromMilliseconds(200));
        CaStoreException error = AssertError.Id("StoreLocked", () => impatient.Read(unit => unit.Status()));
        Assert.Contains("process " + worker.Id.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.MachineName, error.Message, StringComparison.Ordinal);
        using var cancelled = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => temporary.Store.Read(unit => unit.Status(), cancelled.Token));
        worker.Kill();
        await worker.WaitForExitAsync();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
    }
}
