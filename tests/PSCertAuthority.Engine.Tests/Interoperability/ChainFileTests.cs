using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>Chains in the order in which servers want them: PEM for nginx, PKCS #7 for Windows and Java.</summary>
public sealed class ChainFileTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly CaCertificate _certificate;

    public ChainFileTests()
    {
        _store.Root(pathLength: 2);
        _store.Engine.Authorities.Create(TestStore.Authority("Middle", "Root", pathLength: 1));
        _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Middle"));
        _certificate = _store.Issue("/CN=a.example.com", "Issuing");
    }

    [JudgedFact("openssl")]
    public void The_chain_for_TLS_servers_is_the_certificate_then_its_issuers_without_the_root()
    {
        string chain = Write("chain.pem", EncodingFormat.Pem, ChainExtent.Intermediates);
        Assert.Equal(["CN=a.example.com", "CN=Example Issuing, O=Example, C=AT", "CN=Example Middle, O=Example, C=AT"], Subjects(chain));
        string root = _store.File("root.pem");
        File.WriteAllText(root, _store.Engine.Authorities.Get("Root").ToPem());
        // As nginx does: the first is the server's own, those behind it are sent along.
        Assert.Contains(": OK", Tool.Succeed("openssl", "verify", "-CAfile", root, "-untrusted", chain, chain));
        Assert.Equal(
            [.. Subjects(chain), "CN=Example Root, O=Example, C=AT"], Subjects(Write("full.pem", EncodingFormat.Pem, ChainExtent.WithRoot)));
        Assert.Equal(["CN=a.example.com"], Subjects(Write("own.pem", EncodingFormat.Pem, ChainExtent.None)));
    }

    [JudgedTheory("openssl")]
    [InlineData(ChainExtent.None, 1)]
    [InlineData(ChainExtent.Intermediates, 3)]
    [InlineData(ChainExtent.WithRoot, 4)]
    public void OpenSsl_lists_a_pkcs7_file_in_order(ChainExtent extent, int count)
    {
        string text = Tool.Succeed("openssl", "pkcs7", "-inform", "DER", "-in", Write("c.p7b", EncodingFormat.Pkcs7, extent), "-print_certs");
        string[] subjects = [.. text.Split('\n').Where(line => line.StartsWith("subject=", StringComparison.Ordinal)).Select(line => line.Split("CN = ")[1])];
        Assert.Equal(((string[])["a.example.com", "Example Issuing", "Example Middle", "Example Root"])[..count], subjects);
    }

    [JudgedFact("keytool")]
    public void Java_reads_a_pkcs7_file()
    {
        string text = Tool.Succeed("keytool", "-printcert", "-file", Write("c.p7b", EncodingFormat.Pkcs7, ChainExtent.WithRoot));
        Assert.Equal(4, text.Split("Serial number:").Length - 1);
    }

    [JudgedFact("certtool")]
    public void GnuTls_reads_a_pkcs7_file() =>
        Assert.Contains("Number of certificates: 4", Tool.Succeed(
            "certtool", "--p7-info", "--inder", "--infile", Write("c.p7b", EncodingFormat.Pkcs7, ChainExtent.WithRoot)));

    [JudgedFact("openssl")]
    public void An_authority_goes_out_with_its_chain_but_never_with_its_key()
    {
        CaAuthority issuing = _store.Engine.Authorities.Get("Issuing");
        File.WriteAllBytes(_store.File("i.p7b"), _store.Engine.Exports.Encode(issuing, EncodingFormat.Pkcs7, ChainExtent.WithRoot));
        string text = Tool.Succeed("openssl", "pkcs7", "-inform", "DER", "-in", _store.File("i.p7b"), "-print_certs");
        Assert.Equal(3, text.Split("subject=").Length - 1);
        CaException error = Assert.ThrowsAny<CaException>(() => _store.Engine.Exports.Encode(issuing, EncodingFormat.Pkcs12, ChainExtent.None));
        Assert.Equal("AuthorityKeyNotExported", error.ErrorId);
    }

    public void Dispose() => _store.Dispose();

    private static string[] Subjects(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(pem);
        return [.. certificates.Select(c => c.Subject)];
    }

    private string Write(string name, EncodingFormat format, ChainExtent chain)
    {
        string path = _store.File(name);
        File.WriteAllBytes(path, _store.Engine.Exports.Encode(_certificate, new CertificateExportRequest { Format = format, Chain = chain }));
        return path;
    }
}
