using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class DiskFullTests
{
    [Fact]
    public void A_full_disk_is_an_error_and_keeps_what_was_there()
    {
        // Mounting needs root; a build server has it, or fails here.
        if (!OperatingSystem.IsLinux() || (Environment.UserName != "root" && Environment.GetEnvironmentVariable("CI") is null)) return;
        using var temporary = new TemporaryStore();
        Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", temporary.Directory);
        try
        {
            int stored = 0;
            CaStoreException? error = null;
            for (; error is null; stored += 10)
            {
                try
                {
                    temporary.Store.Write(unit => unit.Certificates.InsertMany(
                        [.. Enumerable.Range(stored, 10).Select(i => Samples.Certificate(Samples.Serial(i)))]));
                }
                catch (CaStoreException exception)
                {
                    error = exception;
                    break;
                }
            }

            Assert.Equal("StoreDiskFull", error!.ErrorId);
            Assert.True(stored > 100);
            FillUp(temporary.Directory);
            Assert.Equal(stored, temporary.Store.Read(unit => unit.Certificates.Page(new(), null, 10000)).Records.Count);
            AssertError.Id("StoreDiskFull", () => temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority())));
            File.Delete(Path.Combine(temporary.Directory, "filler"));
            temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
            Assert.Equal(stored, temporary.Store.Read(unit => unit.Certificates.Count()));
        }
        finally
        {
            Run("umount", temporary.Directory);
        }
    }

    private static void FillUp(string directory)
    {
        using var filler = new FileStream(Path.Combine(directory, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true) filler.WriteByte(0);
        }
        catch (IOException)
        {
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
