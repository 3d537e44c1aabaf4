using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>A store that goes away, breaks, or is another one while a responder serves it, and when it starts.</summary>
public sealed class StoreLossTests : IDisposable
{
    private readonly AskedStore _asked = new();
    private readonly CaAuthority _root;

    public StoreLossTests()
    {
        _root = _asked.Store.Root(pathLength: 0);
        _asked.Issue("good");
        _asked.Store.Engine.Revocations.Revoke(_asked.Issue("revoked"), RevocationReason.KeyCompromise, null);
    }

    private string Path => _asked.Store.StorePath;

    [JudgedTheory("openssl")]
    [InlineData("away", "StoreMissing")]
    [InlineData("empty", "StoreEmpty")]
    [InlineData("junk", "StoreInvalid")]
    [InlineData("cut", "StoreDamaged")]
    [InlineData("other", "ResponderStoreReplaced")]
    [InlineData("folder", null)]
    public void What_is_known_goes_on_to_be_answered_and_the_store_is_followed_when_it_is_back(string loss, string? errorId)
    {
        CaCertificate late = _asked.Issue("late");
        using ServerProgram server = Start().Ready();
        byte[] crl = AskedStore.Crl(server, _root)!;
        byte[] kept = File.ReadAllBytes(Path);

        Lose(loss, kept);
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Contains("The store cannot be followed since")), server.Log);
        (bool ready, string warnings) = AskedStore.Health(server);
        Assert.True(ready);
        Assert.Contains(errorId ?? "Store", warnings);
        Assert.DoesNotContain(_asked.Store.Folder, warnings);
        Assert.Contains("psca_store_readable 0\n", server.Client.GetStringAsync(new Uri(server.Url, "metrics")).Result);
        AssertAnswers(server, crl);
        // It has looked several times by now, and says it once.
        Assert.True(ServerProgram.Poll(() => FailuresIn(server) > 3));
        Assert.Single(server.Log.Split('\n'), line => line.Contains("The store cannot be followed"));
        AssertAnswers(server, crl);

        if (Directory.Exists(Path))
            Directory.Delete(Path);
        File.WriteAllBytes(Path, kept);
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Length == 0), AskedStore.Health(server).Warnings);
        _asked.Store.Engine.Revocations.Revoke(late, RevocationReason.Superseded, null);
        Assert.True(ServerProgram.Poll(() => _asked.IsTold(server, "late", "revoked")));
        Assert.True(ServerProgram.Poll(() => AskedStore.Crl(server, _root)!.Length > crl.Length));
        Assert.Contains("The store is followed again", server.Log);
        Assert.Contains("psca_store_readable 1\n", server.Client.GetStringAsync(new Uri(server.Url, "metrics")).Result);
    }

    [JudgedTheory("openssl")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_that_vanishes_stops_nothing_and_the_removal_of_the_run_file_does(bool returnsWithRunFile)
    {
        string runFile = System.IO.Path.Combine(_asked.Store.Folder, "ca.responders", "run.json"), away = _asked.Store.Folder + "-away";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(runFile)!);
        File.WriteAllText(runFile, "{}");
        using ServerProgram server = new ServerProgram("--store", Path, "--authority", "Root", "--use-authority-key", "--run-file", runFile).Ready();
        byte[] crl = AskedStore.Crl(server, _root)!;
        Directory.Move(_asked.Store.Folder, away);
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Contains("The store cannot be followed since")), server.Log);
        // Several looks at the store later the run file has been looked for too.
        long failures = FailuresIn(server);
        Assert.True(ServerProgram.Poll(() => FailuresIn(server) > failures + 3));
        Assert.Equal(crl, AskedStore.Crl(server, _root));

        if (!returnsWithRunFile)
            Directory.Delete(System.IO.Path.Combine(away, "ca.responders"), recursive: true);
        Directory.Move(away, _asked.Store.Folder);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(runFile)!);
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Length == 0), server.Log);
        Assert.True(ServerProgram.Poll(() => File.Exists(runFile) && File.ReadAllText(runFile) == "{}"));
        AssertAnswers(server, crl);
        File.Delete(runFile);
        Assert.True(server.Process.WaitForExit(60_000));
    }

    [JudgedFact("openssl")]
    public void A_backup_that_is_restored_is_the_same_store()
    {
        string backup = _asked.File("backup.psca");
        _asked.Store.Engine.Care.Backup(backup, password: null, overwrite: false);
        CaCertificate late = _asked.Issue("late");
        using ServerProgram server = Start().Ready();
        Assert.True(_asked.IsTold(server, "late", "good"));
        _asked.Store.Engine.Care.Restore(backup, password: null, withKeys: false, overwrite: true);
        Assert.True(ServerProgram.Poll(() => _asked.Ask(server, "late").Contains("late.pem: unknown")), _asked.Ask(server, "late") + late.SerialNumber);
        Assert.True(_asked.IsTold(server, "revoked", "revoked"));
        Assert.Equal((true, string.Empty), AskedStore.Health(server));
    }

    [Theory]
    [InlineData("away", "There is no store")]
    [InlineData("empty", "empty file")]
    [InlineData("junk", "not a PSCertAuthority store")]
    [InlineData("cut", "is damaged")]
    public void It_does_not_start_without_a_store_and_says_so(string loss, string words)
    {
        Lose(loss, File.ReadAllBytes(Path));
        using ServerProgram server = Start();
        Assert.True(server.Process.WaitForExit(60_000));
        server.Process.WaitForExit();
        Assert.Equal(1, server.Process.ExitCode);
        Assert.Contains(words, server.Log);
        Assert.Equal(loss != "away", File.Exists(Path));
    }

    /// <summary>In one step: a look at the store in between would meet another failure first.</summary>
    private void Lose(string loss, byte[] kept)
    {
        string next = Path + ".next";
        switch (loss)
        {
            case "empty": File.WriteAllBytes(next, []); break;
            case "junk": File.WriteAllText(next, string.Concat(Enumerable.Repeat("junk", 5000))); break;
            case "cut": File.WriteAllBytes(next, kept[..(kept.Length / 2)]); break;
            case "other":
                using (var other = new TestStore())
                {
                    other.Root();
                    File.Copy(other.StorePath, next);
                }

                break;
            default:
                File.Delete(Path);
                if (loss == "folder")
                    Directory.CreateDirectory(Path);
                return;
        }

        File.Move(next, Path, overwrite: true);
    }

    private void AssertAnswers(ServerProgram server, byte[] crl)
    {
        Assert.True(_asked.IsTold(server, "good", "good"), _asked.Ask(server, "good"));
        Assert.True(_asked.IsTold(server, "revoked", "revoked"));
        Assert.Equal(crl, AskedStore.Crl(server, _root));
    }

    private static long FailuresIn(ServerProgram server) => long.Parse(
        Regex.Match(server.Client.GetStringAsync(new Uri(server.Url, "metrics")).Result, "psca_store_failures_total (\\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private ServerProgram Start() => new("--store", Path, "--authority", "Root", "--use-authority-key");

    public void Dispose() => _asked.Dispose();
}
