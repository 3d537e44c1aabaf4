using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>RFC 9654: what a client sends as its nonce comes back, signed.</summary>
public sealed class NonceTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(128)]
    public void It_comes_back_as_it_was(int length)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(length);
        BasicOcspResp response = Ask(nonce);
        Assert.True(response.Verify(response.GetCerts().Single().GetPublicKey()));
        Assert.Equal(nonce, Asn1OctetString.GetInstance(response.GetExtensionValue(OcspObjectIdentifiers.PkixOcspNonce).GetOctets()).GetOctets());
    }

    [Fact]
    public void Without_one_there_is_none() => Assert.Null(Ask(nonce: null).GetExtensionValue(OcspObjectIdentifiers.PkixOcspNonce));

    private BasicOcspResp Ask(byte[]? nonce)
    {
        var parser = new X509CertificateParser();
        CaCertificate certificate = responder.Store.Engine.Certificates.Get("good.example.com");
        var generator = new OcspReqGenerator();
        generator.AddRequest(new CertificateID(CertificateID.DigestSha1, parser.ReadCertificate(responder.Issuing.ToDer()), parser.ReadCertificate(certificate.ToDer()).SerialNumber));
        if (nonce is not null)
        {
            var extensions = new X509ExtensionsGenerator();
            extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(nonce));
            generator.SetRequestExtensions(extensions.Generate());
        }

        using HttpResponseMessage response = responder.Server.Client.PostAsync(new System.Uri(responder.Server.Url, "ocsp/"), new ByteArrayContent(generator.Generate().GetEncoded())).Result;
        return (BasicOcspResp)new OcspResp(response.Content.ReadAsByteArrayAsync().Result).GetResponseObject();
    }
}
