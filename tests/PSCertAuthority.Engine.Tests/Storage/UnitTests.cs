using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LiteDB.Engine;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class UnitTests
{
    [Fact]
    public void Reading_a_missing_store_gives_nothing_and_makes_nothing()
    {
        using var temporary = new TemporaryStore();
        Assert.Empty(temporary.Store.Read(unit => unit.Authorities.All()));
        Assert.False(temporary.Store.Read(unit => unit.Status()).Exists);
        Assert.Empty(temporary.Files());
    }

    [Fact]
    public void LiteDB_takes_memory_in_small_steps()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        var steps = (int[])typeof(LiteEngine).Assembly.GetType("LiteDB.Constants")!.GetField("MEMORY_SEGMENT_SIZES")!.GetValue(null)!;
        Assert.Equal([12, 50, 100, 250, 250], steps);
    }

    [Fact]
    public void A_unit_sees_what_it_changed_and_loses_it_when_it_throws()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        Assert.Throws<FormatException>(() => temporary.Store.Write(unit =>
        {
            // Reading before the first change is not part of the transaction; reading after it is.
            Assert.Single(unit.Authorities.All());
            unit.Authorities.Insert(Samples.Authority("Other", "75BCD2"));
            Assert.Equal(2, unit.Authorities.All().Count);
            throw new FormatException();
        }));
        Assert.Single(temporary.Store.Read(unit => unit.Authorities.All()));
    }

    [Fact]
    public void A_first_unit_that_throws_leaves_no_database_and_no_key_file()
    {
        using var temporary = new TemporaryStore();
        Assert.Throws<FormatException>(() => temporary.Store.Write(unit =>
        {
            unit.Authorities.Insert(Samples.Authority());
            unit.StageFile(Path.Combine(unit.KeyDirectory, "a.key"), [1], overwrite: false);
            throw new FormatException();
        }));
        Assert.Equal(["ca.db.journal", "ca.db.lock"], temporary.Files());
    }

    [Fact]
    public void A_unit_that_throws_changes_no_octet_of_the_database()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        byte[] before = File.ReadAllBytes(temporary.Path);
        Assert.Throws<FormatException>(() => temporary.Store.Write(unit =>
        {
            unit.Certificates.InsertMany([.. Enumerable.Range(0, 500).Select(i => Samples.Certificate(Samples.Serial(i)))]);
            throw new FormatException();
        }));
        Assert.Equal(before, File.ReadAllBytes(temporary.Path));
    }

    [Fact]
    public void A_staged_file_appears_with_the_commit_for_its_owner_alone()
    {
        using var temporary = new TemporaryStore();
        string key = Path.Combine(temporary.Store.KeyDirectory, "a.key");
        temporary.Store.Write(unit =>
        {
            unit.StageFile(key, [1, 2], overwrite: false);
            Assert.False(File.Exists(key));
        });
        Assert.Equal([1, 2], File.ReadAllBytes(key));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temporary.Path));
        }

        AssertError.Id("KeyFileExists", () => temporary.Store.Write(unit => unit.StageFile(key, [3], overwrite: false)));
        temporary.Store.Write(unit => unit.StageFile(key, [4], overwrite: true));
        Assert.Equal([4], File.ReadAllBytes(key));
        string missing = Path.Combine(temporary.Directory, "no", "b.key");
        AssertError.Id("PathNotWritable", () => temporary.Store.Write(unit => unit.StageFile(missing, [3], overwrite: false)));
        Assert.DoesNotContain(temporary.Files(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threads_that_write_at_once_lose_nothing()
    {
        using var temporary = new TemporaryStore();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++)
            {
                string serial = Samples.Serial((thread * 1000) + i);
                temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate(serial)]));
            }
        })));
        Assert.Equal(200, temporary.Store.Read(unit => unit.Certificates.Count()));
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_not_touched()
    {
        using var temporary = new TemporaryStore();
        byte[] foreign = [.. Enumerable.Repeat((byte)'x', 20000)];
        File.WriteAllBytes(temporary.Path, foreign);
        AssertError.Id("StoreInvalid", () => temporary.Store.Read(unit => unit.Status()));
        AssertError.Id("StoreInvalid", () => temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority())));
        Assert.Equal(foreign, File.ReadAllBytes(temporary.Path));
    }

    [Fact]
    public void A_LiteDB_file_that_is_no_store_is_refused_and_not_touched()
    {
        using var temporary = new TemporaryStore();
        using (var engine = new LiteEngine(temporary.Path)) engine.Insert("things", [new() { ["a"] = 1 }], LiteDB.BsonAutoId.ObjectId);
        byte[] before = File.ReadAllBytes(temporary.Path);
        AssertError.Id("StoreInvalid", () => temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority())));
        Assert.Equal(before, File.ReadAllBytes(temporary.Path));
    }

    [Fact]
    public void A_newer_schema_is_refused_with_both_versions()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        using (var engine = new LiteEngine(temporary.Path)) engine.Pragma("USER_VERSION", 9);
        CaStoreException error = AssertError.Id("StoreSchemaNewer", () => temporary.Store.Read(unit => unit.Status()));
        Assert.Contains("version 9", error.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {StoreDatabase.SchemaVersion}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_pages_are_reported_as_damage()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 50).Select(i => Samples.Certificate(Samples.Serial(i)))]));
        using (FileStream file = File.OpenWrite(temporary.Path))
        {
            file.Position = 8192;
            file.Write(Enumerable.Repeat((byte)0xEE, (int)file.Length - 8192).ToArray());
        }

        AssertError.Id("StoreDamaged", () => temporary.Store.Read(unit => unit.Certificates.Page(new(), null, 10)));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error_at_once()
    {
        using var temporary = new TemporaryStore();
        string file = Path.Combine(temporary.Directory, "file");
        File.WriteAllText(file, "");
        var store = new CaStore(Path.Combine(file, "ca.db"));
        AssertError.Id("StoreNotWritable", () => store.Write(unit => unit.Authorities.Insert(Samples.Authority())));
    }

    [Fact]
    public void A_copy_opened_by_LiteDB_itself_is_whole()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 2000).Select(i => Samples.Certificate(Samples.Serial(i)))]));
        using var database = new LiteDB.LiteDatabase(new LiteDB.ConnectionString(temporary.Path) { ReadOnly = true });
        Assert.Equal(
            Enumerable.Range(0, 2000).Select(Samples.Serial).Order(),
            database.GetCollection("certificates").FindAll().Select(document => new CertificateGroup(document["_id"].AsInt64, document["records"].AsBinary))
                .SelectMany(group => group.Numbers().Select(number => new StoredCertificate(number, group[number]!)))
                .Select(stored => stored.ToRecord().SerialNumber).Order());
    }
}
