using System;
using System.IO;
using System.Linq;
using LiteDB;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>A damaged file gives an error, never a wrong answer.</summary>
public sealed class DamageTests
{
    [Fact]
    public void No_single_flipped_bit_of_a_page_goes_unnoticed()
    {
        var page = new byte[PageOverlay.PageSize];
        new Random(7).NextBytes(page);
        PageChecksum.Put(page, 5);
        Assert.True(PageChecksum.Check([.. page], 5));
        Assert.False(PageChecksum.Check([.. page], 6));
        for (int bit = 0; bit < page.Length * 8; bit += 3)
        {
            byte[] flipped = [.. page];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(PageChecksum.Check(flipped, 5), $"bit {bit}");
        }
    }

    [Fact]
    public void What_is_read_of_a_damaged_store_is_right_or_an_error()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 200).Select(i => Samples.Certificate(Samples.Serial(i)))]));
        byte[] sound = File.ReadAllBytes(temporary.Path);
        string[] right = Answer(temporary.Store);
        var random = new Random(11);
        int errors = 0;
        for (int round = 0; round < 100; round++)
        {
            byte[] damaged = [.. sound];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(temporary.Path, damaged);
            try
            {
                Assert.Equal(right, Answer(temporary.Store));
            }
            catch (CaStoreException e) when (e.ErrorId is "StoreDamaged" or "StoreInvalid")
            {
                errors++;
            }
        }

        Assert.InRange(errors, 50, 100);
        File.WriteAllBytes(temporary.Path, sound);
        Assert.Equal(right, Answer(temporary.Store));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void A_store_that_was_cut_short_is_damaged(int octets)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 200).Select(i => Samples.Certificate(Samples.Serial(i)))]));
        using (FileStream file = File.OpenWrite(temporary.Path)) file.SetLength(file.Length - octets);
        AssertError.Id("StoreDamaged", () => temporary.Store.Read(unit => unit.Certificates.Find(1, Samples.Serial(3))));
        AssertError.Id("StoreDamaged", () => temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("FF")])));
    }

    [Fact]
    public void LiteDB_reads_and_changes_the_file_as_any_other()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Settings.Write("DefaultSubject", ["/O=Example"]));
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 200).Select(i => Samples.Certificate(Samples.Serial(i)))]));
        using (var database = new LiteDatabase(temporary.Path))
        {
            Assert.Equal((200 / CertificateGroup.Size) + 1, database.GetCollection("certificates").Count());
            database.GetCollection("settings").Update(new BsonDocument { ["_id"] = "DefaultSubject", ["value"] = new BsonArray { "/O=Other" } });
        }

        Assert.Equal("/O=Other", temporary.Store.Read(unit => unit.Settings.Read().DefaultSubject.ToString()));
        Assert.Equal(200, Answer(temporary.Store).Length);
    }

    private static string[] Answer(CaStore store) => store.Read(unit =>
        unit.Certificates.Page(new CertificateQuery(), null, 1000).Records.Select(record => $"{record.SerialNumber} {record.NotAfter:s} {record.Subject}").ToArray());
}
