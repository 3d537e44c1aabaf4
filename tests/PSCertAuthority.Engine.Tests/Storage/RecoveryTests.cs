using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using PSCertAuthority.Audit;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class RecoveryTests
{
    [Fact]
    public void A_sealed_unit_is_completed_by_the_next_one()
    {
        using var temporary = new TemporaryStore();
        string key = LeaveBehind(temporary);
        Assert.NotNull(temporary.Store.Read(unit => unit.Certificates.Find(1, "0A")));
        Assert.Equal([7], File.ReadAllBytes(key));
        Assert.Equal(["0A.key", "ca.db", "ca.db.journal", "ca.db.lock"], temporary.Files());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(5000)]
    [InlineData(20000)]
    public void A_torn_journal_is_undone_by_the_next_unit(int torn)
    {
        using var temporary = new TemporaryStore();
        string key = LeaveBehind(temporary);
        using (FileStream journal = File.OpenWrite(temporary.Path + ".journal")) journal.SetLength(journal.Length - torn);
        Assert.Null(temporary.Store.Read(unit => unit.Certificates.Find(1, "0A")));
        Assert.False(File.Exists(key));
        Assert.DoesNotContain(temporary.Files(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("0A")]));
    }

    [Fact]
    public void A_unit_cannot_be_saved_after_a_statement_of_it_failed()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        AssertError.Id("RecordExists", () => temporary.Store.Write(unit =>
        {
            unit.Certificates.InsertMany([Samples.Certificate("02")]);
            AssertError.Id("RecordExists", () => unit.Certificates.InsertMany([Samples.Certificate("01")]));
            unit.Certificates.InsertMany([Samples.Certificate("03")]);
        }));
        Assert.Equal(1, temporary.Store.Read(unit => unit.Certificates.Count()));
    }

    [Fact]
    public void A_unit_inside_a_unit_is_refused_at_once()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => Assert.Throws<InvalidOperationException>(() => temporary.Store.Write(inner => { })));
    }

    [Theory]
    [InlineData("{0}/victim.txt", "{0}/moved.txt")]
    [InlineData("{0}/victim.txt", "{0}/victim.txt")]
    [InlineData("{0}/victim.txt.0123456789abcdef0123456789abcdef.tmp", "{0}/other.txt")]
    [InlineData("{0}/sub/../victim.txt.0123456789abcdef0123456789abcdef.tmp", "{0}/sub/../victim.txt")]
    [InlineData("victim.txt.0123456789abcdef0123456789abcdef.tmp", "victim.txt")]
    [InlineData("{0}/victim.txt.0123456789ABCDEF0123456789ABCDEF.tmp", "{0}/victim.txt")]
    [InlineData("{0}/victim.txt.0123456789abcdef.tmp", "{0}/victim.txt")]
    [InlineData("{0}/.0123456789abcdef0123456789abcdef.tmp", "{0}/")]
    [InlineData("", "")]
    public void A_journal_that_names_other_files_than_a_transaction_makes_touches_none(string temporary, string final)
    {
        using var store = new TemporaryStore();
        store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        string victim = Path.Combine(store.Directory, "victim.txt"), journal = store.Path + ".journal";
        var file = new StagedFile(string.Format(CultureInfo.InvariantCulture, temporary, store.Directory), string.Format(CultureInfo.InvariantCulture, final, store.Directory), true);
        File.WriteAllText(victim, "precious");
        string[] before = store.Files();
        foreach (bool isCommitted in (bool[])[false, true])
        {
            File.WriteAllBytes(journal, Journal(isCommitted, file.ToLine() + "\n"));
            byte[] left = File.ReadAllBytes(journal);
            AssertError.Id("StoreDamaged", () => store.Store.Read(unit => unit.Status()));
            AssertError.Id("StoreDamaged", () => store.Store.Write(_ => true));
            Assert.Equal(left, File.ReadAllBytes(journal));
        }

        Assert.Equal(before, store.Files());
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [Fact]
    public void A_staged_file_of_a_journal_must_be_a_file_of_its_own()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var store = new TemporaryStore();
        store.Store.Write(_ => true);
        string final = Path.Combine(store.Directory, "web.key"), temporary = final + ".0123456789abcdef0123456789abcdef.tmp", victim = Path.Combine(store.Directory, "victim.txt");
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(temporary, victim);
        File.WriteAllBytes(store.Path + ".journal", Journal(isCommitted: true, new StagedFile(temporary, final, true).ToLine() + "\n"));
        AssertError.Id("StoreNotTrusted", () => store.Store.Read(unit => unit.Status()));
        Assert.False(File.Exists(final));
        File.Delete(temporary);
        File.WriteAllText(temporary, "key");
        store.Store.Read(unit => unit.Status());
        Assert.Equal("key", File.ReadAllText(final));
    }

    [Theory]
    [InlineData("length\t-8192\n")]
    [InlineData("length\t17\n")]
    [InlineData("length\tx\n")]
    public void A_journal_with_lengths_that_no_database_has_is_damage(string line)
    {
        using var store = new TemporaryStore();
        store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        long length = new FileInfo(store.Path).Length;
        File.WriteAllText(store.Path + ".journal", line);
        AssertError.Id("StoreDamaged", () => store.Store.Read(unit => unit.Status()));
        Assert.Equal(length, new FileInfo(store.Path).Length);
    }

    [Theory]
    [InlineData(-1, 8192)]
    [InlineData(1, 8192)]
    [InlineData(0, 100)]
    public void A_journal_with_pages_outside_of_the_database_is_damage(long page, long length)
    {
        using var store = new TemporaryStore();
        store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        byte[] before = File.ReadAllBytes(store.Path);
        File.WriteAllBytes(store.Path + ".journal", Journal(isCommitted: true, string.Empty, length, page));
        AssertError.Id("StoreDamaged", () => store.Store.Read(unit => unit.Status()));
        Assert.Equal(before, File.ReadAllBytes(store.Path));
    }

    [Fact]
    public void A_journal_with_more_pages_than_it_can_hold_is_torn()
    {
        using var store = new TemporaryStore();
        store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        File.WriteAllText(store.Path + ".journal", $"commit\t8192\t{long.MaxValue}\n");
        Assert.Equal(1, store.Store.Read(unit => unit.Certificates.Count()));
    }

    /// <summary>A journal by hand, with the digest that commits it.</summary>
    private static byte[] Journal(bool isCommitted, string lines, long? length = null, long? page = null)
    {
        if (!isCommitted)
            return Encoding.UTF8.GetBytes(lines);
        byte[] pages = page is { } number ? [.. BitConverter.GetBytes(number), .. new byte[PageOverlay.PageSize]] : [];
        byte[] content = [.. Encoding.UTF8.GetBytes($"{lines}commit\t{length ?? 0}\t{(page is null ? 0 : 1)}\n"), .. pages];
        return [.. content, .. SHA256.HashData(content)];
    }

    /// <summary>Does what a unit does until it is sealed, and no more.</summary>
    private static string LeaveBehind(TemporaryStore temporary)
    {
        StorePaths paths = StorePaths.Of(temporary.Path, null);
        string key = Path.Combine(paths.KeyDirectory, "0A.key");
        using UnitJournal journal = UnitJournal.Open(paths);
        using var commit = new UnitCommit(paths, journal);
        using var database = StoreDatabase.Open(paths, commit.OpenDatabase(), UnitKind.Write, TimeProvider.System);
        var unit = new StoreUnit(paths, database, commit);
        unit.StageFile(key, [7], overwrite: false);
        unit.Certificates.InsertMany([Samples.Certificate("0A")]);
        unit.Close(Samples.Start, AuditActor.Current);
        commit.Seal(database.Finish());
        return key;
    }
}
