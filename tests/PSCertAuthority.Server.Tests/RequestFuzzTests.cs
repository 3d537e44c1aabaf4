using System;
using System.Linq;
using System.Security.Cryptography;
using FsCheck.Xunit;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using PSCertAuthority.Server.Ocsp;
using PSCertAuthority.Tests.Fuzz;
using Xunit;
using Xunit.Abstractions;

namespace PSCertAuthority.Server.Tests;

/// <summary>OCSP requests of all kinds: each is understood, or none.</summary>
public sealed class RequestFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Bent_requests_are_understood_or_refused() => FuzzRun.Run(
        "OCSP requests",
        [Encode([1, 2, 3], null), Encode(RandomNumberGenerator.GetBytes(20), new byte[32]), Encode([0x7F], [1], 5)],
        content =>
        {
            if (OcspRequestReader.TryRead(content) is not { } request)
                return;
            Assert.InRange(request.Certificates.Count, 1, OcspRequestReader.MaximumCertificates);
            Assert.All(request.Certificates, certificate => Assert.True(certificate.SerialNumber.Length < 2 || certificate.SerialNumber.Span[0] != 0));
        },
        output);

    [Property(MaxTest = 300)]
    public bool Any_octets_are_a_request_or_none(byte[] octets, byte first) => OcspRequestReader.TryRead((byte[])[first, .. octets]) is null or { Certificates.Count: > 0 };

    [Property(MaxTest = 300)]
    public bool A_request_says_what_it_was_made_of(byte[] serial, byte count, byte[] nonce)
    {
        byte[] positive = [1, .. serial.Take(19)];
        byte[]? sent = nonce.Length is 0 or > 128 ? null : nonce;
        Ocsp.OcspRequest? read = OcspRequestReader.TryRead(Encode(positive, sent, (count % 8) + 1));
        return read is not null && read.Certificates.Count == (count % 8) + 1 && read.Certificates.All(one => one.SerialNumber.Span.SequenceEqual(positive))
            && (read.Nonce is null) == (sent is null);
    }

    private static byte[] Encode(byte[] serial, byte[]? nonce, int count = 1)
    {
        var id = new CertID(
            new AlgorithmIdentifier(OiwObjectIdentifiers.IdSha1, DerNull.Instance), new DerOctetString(new byte[20]), new DerOctetString(new byte[20]), new DerInteger(new BigInteger(1, serial)));
        var extensions = new X509ExtensionsGenerator();
        if (nonce is not null)
            extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(nonce));
        var requests = new DerSequence(Enumerable.Range(0, count).Select(_ => (Asn1Encodable)new Request(id, null)).ToArray());
        return new Org.BouncyCastle.Asn1.Ocsp.OcspRequest(new TbsRequest(null, requests, extensions.IsEmpty ? null : extensions.Generate()), null).GetDerEncoded();
    }
}
