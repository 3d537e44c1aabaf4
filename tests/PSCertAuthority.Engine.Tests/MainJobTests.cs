using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests;

public class MainJobTests
{
    [Theory]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Ed448)]
    public void Issues_lists_revokes_and_makes_a_crl_with_every_key_type(KeyType type)
    {
        using var store = new TestStore();
        store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: 1, type: type));
        CaAuthority issuing = store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root", type: type)).Value;
        Assert.True(issuing.HasPrivateKey);
        Assert.Equal("Root", issuing.Parent);
        Assert.Equal(0, issuing.PathLength);

        CaCertificate certificate = store.Issue("/CN=web01.example.com", "Issuing", type);
        Assert.Equal("/CN=web01.example.com", certificate.Subject);
        Assert.Equal("DNS:web01.example.com", certificate.SubjectAlternativeName.Single().ToString());
        Assert.Equal(CertificateStatus.Valid, certificate.Status);
        Assert.Equal(certificate.SerialNumber, store.Engine.Certificates.List(new CertificateFilter()).Single().SerialNumber);

        CaCertificate revoked = store.Engine.Revocations.Revoke(certificate.SerialNumber[..8], RevocationReason.KeyCompromise, null);
        Assert.Equal(CertificateStatus.Revoked, revoked.Status);
        Assert.Empty(store.Engine.Certificates.List(new CertificateFilter()));
        CaCrl crl = store.Engine.Crls.Create("Issuing", null, System.TimeSpan.FromHours(1));
        Assert.Equal((1, 1), (crl.Number, crl.EntryCount));
        Assert.Equal(2, store.Engine.Crls.Create("Issuing", null, System.TimeSpan.FromHours(1)).Number);
    }

    [Fact]
    public void Keeps_the_order_of_a_flood_of_requests()
    {
        using var store = new TestStore();
        store.Root();
        CaCertificateRequest csr = store.Csr("/CN=x");
        using IssuancePipeline pipeline = store.Engine.BeginIssuance();
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"host{i}.example.com")];
        foreach (string name in names)
            pipeline.Submit(new CertificateIssueRequest { Authority = "Root", Request = csr, Subject = DistinguishedName.Parse("/CN=" + name) });
        Assert.Equal(names, pipeline.Complete().Select(o => o.Certificate!.CommonName));
        Assert.Equal(300, store.Engine.Describe().CertificateCount);
    }
}
