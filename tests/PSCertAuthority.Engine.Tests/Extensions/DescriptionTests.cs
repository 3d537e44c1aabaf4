using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Extensions;
using Xunit;

namespace PSCertAuthority.Tests.Extensions;

/// <summary>Every extension that is known is put into words, and whatever is odd is shown in hexadecimal.</summary>
public class DescriptionTests
{
    private static readonly byte[][] Seeds = [.. ((string[])
    [
        "30060101FF020100", "3019A017060A2B060104018237190201A0090407532D312D352D31", "30163014A00EA00C860A687474703A2F2F612F6281020640",
        "301A301806022A033012301006082B0601050507020230040C026869", "3022800F32303236303130313030303030305A810F32303237303130313030303030305A",
    ]).Select(Convert.FromHexString)];

    [Theory]
    [InlineData("2.5.29.15", "030205A0", "Digital Signature, Key Encipherment")]
    [InlineData("2.5.29.15", "0303070780", "Certificate Sign, CRL Sign, Encipher Only, Decipher Only")]
    [InlineData("2.5.29.19", "30060101FF020100", "Certificate Authority, path length 0")]
    [InlineData("2.5.29.19", "30030101FF", "Certificate Authority, no path length limit")]
    [InlineData("2.5.29.19", "3000", "End Entity")]
    [InlineData("2.5.29.14", "0403010203", "01:02:03")]
    [InlineData("2.5.29.37", "300A06082B06010505070301", "TLS Server Authentication")]
    [InlineData("2.5.29.37", "300406022A03", "1.2.3")]
    [InlineData("2.5.29.17", "300B8209612E6578616D706C65", "DNS:a.example")]
    [InlineData("2.5.29.18", "3006870401020304", "IP:1.2.3.4")]
    [InlineData("2.5.29.30", "300AA108300682042E6D696C", "excluded DNS:.mil")]
    [InlineData("2.5.29.31", "30123010A00EA00C860A687474703A2F2F612F62", "URI:http://a/b")]
    [InlineData("2.5.29.46", "30123010A00EA00C860A687474703A2F2F612F62", "URI:http://a/b")]
    [InlineData("2.5.29.31", "30163014A00EA00C860A687474703A2F2F612F6281020640", "URI:http://a/b (reasons: Key Compromise)")]
    [InlineData("2.5.29.32", "300A3008060667810C010201", "Domain Validated (2.23.140.1.2.1)")]
    [InlineData("2.5.29.32", "301A301806022A033012301006082B0601050507020230040C026869", "1.2.3, notice 'hi'")]
    [InlineData("2.5.29.33", "300A300806022A0306022A04", "1.2.3 is 1.2.4")]
    [InlineData("2.5.29.35", "30048002ABCD", "AB:CD")]
    [InlineData("2.5.29.36", "3006800100810102", "explicit policy required after 0 certificates, policy mapping inhibited after 2 certificates")]
    [InlineData("2.5.29.54", "020103", "Any Policy inhibited after 3 certificates")]
    [InlineData("2.5.29.16", "3022800F32303236303130313030303030305A810F32303237303130313030303030305A", "from 2026-01-01 00:00:00Z until 2027-01-01 00:00:00Z")]
    [InlineData("2.5.29.9", "3012301006082B0601050507090431041302" + "4154", "citizenship AT")]
    [InlineData("1.3.6.1.5.5.7.1.1", "3018301606082B06010505073001860A687474703A2F2F612F62", "OCSP URI:http://a/b")]
    [InlineData("1.3.6.1.5.5.7.1.11", "3018301606082B06010505073005860A687474703A2F2F612F62", "CA Repository URI:http://a/b")]
    [InlineData("1.3.6.1.5.5.7.1.24", "3003020105", "Must Staple (status_request)")]
    [InlineData("1.3.6.1.5.5.7.48.1.5", "0500", "")]
    [InlineData("1.3.6.1.4.1.11129.2.4.3", "0500", "")]
    [InlineData("1.3.6.1.4.1.311.20.2", "1E0E004D0061006300680069006E0065", "Machine")]
    [InlineData("1.3.6.1.4.1.311.21.7", "300A06022A03020164020105", "1.2.3, version 100.5")]
    [InlineData("1.3.6.1.4.1.311.21.1", "0203020003", "V3.2")]
    [InlineData("1.3.6.1.4.1.311.25.2", "3019A017060A2B060104018237190201A0090407532D312D352D31", "SID S-1-5-1")]
    [InlineData("2.16.840.1.113730.1.1", "03020640", "SSL Server")]
    [InlineData("2.16.840.1.113730.1.13", "16026869", "hi")]
    [InlineData("1.3.6.1.5.5.7.1.3", "301D3008060604008E4601013011060604008E460106300706" + "0504008E4601", "EU qualified, type 0.4.0.1862.1")]
    [InlineData("1.2.3.4", "0500", "05:00")]
    [InlineData("2.5.29.15", "0500", "05:00")]
    [InlineData("2.5.29.17", "", "")]
    public void Each_is_put_into_words(string oid, string der, string words) =>
        Assert.Equal(words, new CertificateExtension(oid, false, Convert.FromHexString(der)).Description);

    [Fact]
    public void Timestamps_show_their_number_logs_and_times()
    {
        string one = "002F" + "00" + new string('A', 64) + "0000016B8CB819D0" + "0000" + "0403" + "0000";
        string list = "0031" + one;
        Assert.Equal(
            $"1 timestamp: v1 of the log {string.Join(':', Enumerable.Repeat("AA", 32))}, 2019-06-25 03:40:03Z",
            new CertificateExtension("1.3.6.1.4.1.11129.2.4.2", false, Convert.FromHexString("0433" + list)).Description);
    }

    [Fact]
    public void Control_characters_of_strangers_do_not_reach_the_terminal() =>
        Assert.Equal("a\\u001b[2J", new CertificateExtension("2.16.840.1.113730.1.13", false, Convert.FromHexString("1605611B5B324A")).Description);

    [Fact]
    public void No_garbage_makes_it_fail()
    {
        var random = new Random(4711);
        string[] oids = [.. Enumerable.Range(1, 60).Select(i => $"2.5.29.{i}"), "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.3", "1.3.6.1.5.5.7.1.11", "1.3.6.1.5.5.7.1.24",
            "1.3.6.1.4.1.11129.2.4.2", "1.3.6.1.4.1.311.20.2", "1.3.6.1.4.1.311.21.1", "1.3.6.1.4.1.311.21.7", "1.3.6.1.4.1.311.21.10", "1.3.6.1.4.1.311.25.2", "2.16.840.1.113730.1.1"];
        for (int i = 0; i < 20000; i++)
        {
            byte[] value = (byte[])Seeds[i % Seeds.Length].Clone();
            for (int change = random.Next(4); change >= 0; change--)
                value[random.Next(value.Length)] = (byte)random.Next(256);
            if (i % 5 == 0)
                random.NextBytes(value);
            var extension = new CertificateExtension(oids[random.Next(oids.Length)], false, i % 7 == 0 ? value[..random.Next(value.Length)] : value);
            Assert.NotNull(extension.ToString());
        }
    }

    [Theory]
    [InlineData(0x30)]
    [InlineData(0xA0)]
    [InlineData(0x31)]
    [InlineData(0x24)]
    public void Deep_nesting_does_not_exhaust_the_stack(byte tag)
    {
        byte[] value = [0x05, 0x00];
        for (int i = 0; i < 15000; i++)
        {
            int length = value.Length;
            byte[] header = length < 128 ? [tag, (byte)length] : [tag, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
            value = [.. header, .. value];
        }

        Assert.StartsWith($"{tag:X2}:83", new CertificateExtension("2.5.29.17", false, value).Description);
        Assert.Equal("CertificateUnreadable", Assert.Throws<CaExtensionException>(() => CertificateFile.ReadExtensions(value, "x")).ErrorId);
    }

    [Fact]
    public void Certificates_that_the_system_trusts_are_read()
    {
        using var roots = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        roots.Open(OpenFlags.ReadOnly);
        foreach (X509Certificate2 root in roots.Certificates)
        {
            var ours = CertificateFile.GetExtensions(root);
            Assert.Equal(root.Extensions.Select(e => $"{e.Oid!.Value} {e.Critical} {Convert.ToHexString(e.RawData)}"),
                ours.Select(e => $"{e.Oid} {e.Critical} {Convert.ToHexString(e.RawValue)}"));
            Assert.All(ours, e => Assert.NotNull(e.Description));
        }
    }

    [Fact]
    public void Files_without_a_certificate_are_refused()
    {
        using var store = new TestStore();
        File.WriteAllText(store.File("text"), "hello");
        Assert.Equal("CertificateUnreadable", Assert.Throws<CaExtensionException>(() => CertificateFile.ReadExtensions(store.File("text"))).ErrorId);
        Assert.Equal("CertificateFileUnreadable", Assert.Throws<CaExtensionException>(() => CertificateFile.ReadExtensions(store.File("none"))).ErrorId);
        foreach (string der in new[] { "3000", "30030101FF", "3009300030000300" + "000000", "30820000" })
            Assert.Equal("CertificateUnreadable", Assert.Throws<CaExtensionException>(() => CertificateFile.ReadExtensions(Convert.FromHexString(der), "x")).ErrorId);
    }
}
