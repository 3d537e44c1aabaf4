using System;
using System.IO;
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
