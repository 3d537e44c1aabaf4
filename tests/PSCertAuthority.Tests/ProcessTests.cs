using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Several processes on one store, and processes that are killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string Shell = typeof(ProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ShellPath").Value!;

    private readonly ModuleSession _session = new();

    [Fact]
    public async System.Threading.Tasks.Task Four_processes_issue_revoke_and_write_crls_on_one_store()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; $null = New-CaCertificateRequest /CN=x -KeyPath x.key -Path x.csr");
        string script = $$"""
            $ErrorActionPreference = 'Stop'
            Get-CaStore | Out-Null
            foreach ($i in 1..25) {
                $c = New-CaCertificate -LiteralPath '{{_session.PathOf("x.csr")}}' -Authority Root -Subject "/CN=p$PID-$i.example.com"
                if ($i % 2) { $c | Revoke-CaCertificate -Reason Superseded; "R $($c.SerialNumber)" } else { "V $($c.SerialNumber)" }
                Export-CaCrl Root -Path "{{_session.Folder}}/$PID-$i.crl" -Format Der -Force
            }
            """;
        Process[] processes = [.. Enumerable.Range(0, 4).Select(_ => Start(script))];
        var outputs = processes.Select(p => (p, Out: p.StandardOutput.ReadToEndAsync(), Error: p.StandardError.ReadToEndAsync())).ToArray();
        int backups = 0;
        for (; processes.Any(p => !p.HasExited) && backups < 20; backups++)
            _session.Run($"$null = Backup-CaStore '{_session.PathOf($"backup{backups}.zip")}'");
        var shown = new System.Text.StringBuilder();
        foreach (var (process, output, error) in outputs)
        {
            string text = await output;
            Assert.True(process.WaitForExit(240_000), "a process did not end");
            Assert.True(process.ExitCode == 0, text + await error);
            shown.Append(text);
        }

        string[] lines = [.. shown.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.Equal(100, lines.Distinct().Count());
        var stored = _session.Run("Get-CaCertificate -Revoked").ToDictionary(c => c.Properties["SerialNumber"].Value.ToString()!, c => c.Properties["Status"].Value.ToString());
        Assert.Equal(100, stored.Count);
        Assert.All(lines, line => Assert.Equal(line[0] == 'R' ? "Revoked" : "Valid", stored[line[2..]]));
        Assert.Equal("100", _session.Run("(Get-CaAuthority Root).LastCrlNumber").Single().ToString());
        Assert.Equal(100, Directory.GetFiles(_session.Folder, "*.crl").Length);
        Assert.True((bool)_session.Run("Test-CaStore -Quiet").Single().BaseObject);
        Assert.True(backups > 1, "the processes were too quick for a backup");
        for (int i = 0; i < backups; i++)
            Assert.True((bool)_session.Run($"$null = Restore-CaStore '{_session.PathOf($"backup{i}.zip")}' -StorePath '{_session.PathOf($"r{i}.db")}'; Test-CaStore -StorePath '{_session.PathOf($"r{i}.db")}' -Quiet").Single().BaseObject);
    }

    [Fact]
    public void A_process_that_is_killed_loses_nothing_it_has_shown()
    {
        // Each round starts a process, so the hundred kills of the whole story are for CI.
        int standard = Environment.GetEnvironmentVariable("CI") == "true" ? 100 : 20;
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("PSCA_KILL_ROUNDS"), out int given) ? given : standard;
        _session.Run("$null = New-CaAuthority Root -KeyType EC -PathLength 5");
        string script = $$"""
            $password = [securestring]::new(); $password.AppendChar('x')
            foreach ($i in 1..10000) {
                if ($i -eq 2) { [Console]::Out.WriteLine('ready') }
                $key = if ($i % 4) { @{ KeyPath = "{{_session.Folder}}/$PID-$i.key" } } else { @{ PfxPath = "{{_session.Folder}}/$PID-$i.pfx"; PfxPassword = $password } }
                $c = New-CaCertificate -GenerateKey @key -Authority Root -Subject "/CN=p$PID-$i.example.com"
                if ($i -gt 1) { [Console]::Out.WriteLine("V $($c.SerialNumber)") }
                $c | Revoke-CaCertificate -Reason KeyCompromise
                if ($i -gt 1) { [Console]::Out.WriteLine("R $($c.SerialNumber)") }
                if ($i % 3 -eq 0) { $a = New-CaAuthority "A$PID-$i" -Parent Root -KeyType EC; [Console]::Out.WriteLine("A $($a.Name)") }
            }
            """;
        var random = new Random(4711);
        var acknowledged = new ConcurrentBag<string>();
        for (int round = 0; round < rounds; round++)
            KillOne(script, random.Next(0, 250), acknowledged);

        var stored = _session.Run("Get-CaCertificate -Revoked").ToDictionary(c => c.Properties["SerialNumber"].Value.ToString()!, c => c.Properties["Status"].Value.ToString());
        var authorities = _session.Run("Get-CaAuthority").ToDictionary(a => a.Properties["Name"].Value.ToString()!, a => (bool)a.Properties["HasPrivateKey"].Value);
        Assert.True(acknowledged.Count > rounds, $"only {acknowledged.Count} acts were shown in {rounds} rounds");
        foreach (string line in acknowledged)
        {
            string name = line[2..];
            bool there = line[0] switch { 'V' => stored.ContainsKey(name), 'R' => stored[name] == "Revoked", _ => authorities.ContainsKey(name) };
            Assert.True(there, $"'{line}' was shown, but is not in the store");
        }

        Assert.True((bool)_session.Run("Test-CaStore -Quiet").Single().BaseObject);
        Assert.DoesNotContain(false, authorities.Values);
        Assert.Empty(Directory.GetFiles(_session.Folder, "*.tmp", SearchOption.AllDirectories));
        int keys = Directory.GetFiles(_session.Folder, "*.key").Length + Directory.GetFiles(_session.Folder, "*.pfx").Length;
        Assert.Equal(stored.Count, keys);
        Assert.Equal(authorities.Count, Directory.GetFiles(_session.PathOf("ca.keys")).Length);
    }

    [Fact]
    public void A_store_that_is_held_longer_than_the_wait_names_the_holder()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC");
        // What a process that hangs within a unit of work looks like from outside.
        using var held = new FileStream(_session.PathOf("ca.db.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        File.WriteAllText(_session.PathOf("ca.db.journal"), string.Empty);
        Assert.Equal("StoreLocked", _session.ErrorIdOf("Get-CaAuthority -LockWait 0:0:0.3"));
    }

    public void Dispose() => _session.Dispose();

    private void KillOne(string script, int afterMilliseconds, ConcurrentBag<string> acknowledged)
    {
        using Process process = Start(script);
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        var reader = new Thread(() =>
        {
            // A line without its end was not shown.
            string rest = process.StandardOutput.ReadToEnd();
            foreach (string line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                acknowledged.Add(line.Trim());
        });
        reader.Start();
        Thread.Sleep(afterMilliseconds);
        process.Kill();
        process.WaitForExit();
        reader.Join();
    }

    private Process Start(string script)
    {
        string file = _session.PathOf(Guid.NewGuid().ToString("N") + ".ps1");
        File.WriteAllText(file, script);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        foreach (string argument in (IEnumerable<string>)[Shell, file])
            start.ArgumentList.Add(argument);
        start.Environment["PSCA_STORE"] = _session.PathOf("ca.db");
        return Process.Start(start)!;
    }
}
