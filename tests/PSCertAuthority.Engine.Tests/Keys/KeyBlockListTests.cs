using System;
using System.IO;
using System.Security.Cryptography;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Keys.Tests;

/// <summary>SPEC 12: keys on a block list are refused, and so are those of the store's own authorities in leaves.</summary>
public sealed class KeyBlockListTests : IDisposable
{
    private readonly TestStore _store = new();

    public KeyBlockListTests() => _store.Root();

    [Theory]
    [InlineData("hex"), InlineData("upper"), InlineData("colons"), InlineData("base64")]
    public void A_key_on_the_list_is_refused_and_others_are_not(string form)
    {
        CaCertificateRequest request = _store.Csr("/CN=a.example.com");
        byte[] hash = Convert.FromBase64String(request.PublicKeyPin);
        string text = form switch
        {
            "hex" => Convert.ToHexString(hash).ToLowerInvariant(),
            "upper" => Convert.ToHexString(hash),
            "colons" => BitConverter.ToString(hash).Replace('-', ':'),
            _ => request.PublicKeyPin,
        };
        Block($"# keys that leaked\n\n{Convert.ToHexString(SHA256.HashData([]))}\n  {text}  # of web01\n");
        Assert.Equal("KeyBlocked", Error(request));
        Assert.Null(_store.TryIssue(Ask(_store.Csr("/CN=b.example.com"))).Error);
    }

    [Fact]
    public void A_certificate_whose_key_was_listed_later_is_not_renewed_with_it()
    {
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        Block(certificate.PublicKeyPin);
        Assert.Equal("KeyBlocked", Assert.IsType<CaKeyException>(_store.TryIssue(new CertificateIssueRequest { Authority = "Root", Renews = certificate }).Error).ErrorId);
    }

    [Fact]
    public void An_authority_is_neither_signed_nor_renewed_with_a_key_on_the_list()
    {
        CaCertificateRequest request = _store.Csr("/CN=Sub");
        Block(request.PublicKeyPin + "\n" + _store.Engine.Authorities.Get("Root").PublicKeyPin);
        AuthorityRequest foreign = TestStore.Authority("Sub", "Root") with { Request = request };
        Assert.Equal("KeyBlocked", Assert.Throws<CaKeyException>(() => _store.Engine.Authorities.Create(foreign)).ErrorId);
        Assert.Equal("KeyBlocked", Assert.Throws<CaKeyException>(() => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root" })).ErrorId);
    }

    [Theory]
    [InlineData("0102"), InlineData("no hash at all"), InlineData("zz02030405060708091011121314151617181920212223242526272829303132")]
    public void A_line_that_is_no_hash_stops_issuing(string line)
    {
        Block("# first\n" + line);
        CaKeyException error = Assert.IsType<CaKeyException>(_store.TryIssue(Ask(_store.Csr("/CN=a.example.com"))).Error);
        Assert.Equal("KeyBlockListInvalid", error.ErrorId);
        Assert.Contains("line 2", error.Message);
    }

    [Fact]
    public void A_list_that_is_missing_stops_issuing_and_an_empty_one_does_not()
    {
        Block(string.Empty);
        Assert.Null(_store.TryIssue(Ask(_store.Csr("/CN=a.example.com"))).Error);
        File.Delete(_store.File("blocked.txt"));
        Assert.Equal("KeyBlockListUnreadable", Error(_store.Csr("/CN=b.example.com")));
    }

    [Fact]
    public void The_key_of_an_authority_is_refused_in_a_leaf()
    {
        CaAuthority issuing = _store.Issuing();
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(issuing.KeyFile));
        byte[] request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=a.example.com", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        Assert.Equal("KeyOfAuthority", Error(CertificateRequestReader.Read(request, "the request")));
    }

    private void Block(string content)
    {
        File.WriteAllText(_store.File("blocked.txt"), content);
        _store.Engine.Settings.Set("KeyBlockList", _store.File("blocked.txt"));
    }

    private string Error(CaCertificateRequest request) => Assert.IsType<CaKeyException>(_store.TryIssue(Ask(request)).Error).ErrorId;

    private static CertificateIssueRequest Ask(CaCertificateRequest request) => new() { Authority = "Root", Request = request, Subject = DistinguishedName.Parse("/CN=a.example.com") };

    public void Dispose() => _store.Dispose();
}
