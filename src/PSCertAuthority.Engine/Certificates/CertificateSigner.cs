using System.IO;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Certificates;

/// <summary>Prepares and signs certificates in the name of one issuer. It knows bytes, not records.</summary>
internal sealed class CertificateSigner(X509Name issuer, PrivateKey key, DigestAlgorithm digest)
{
    private readonly ISignatureFactory _factory = key.CreateSignatureFactory(digest);
    private readonly SerialNumberSeries _serialNumbers = new();

    public ToBeSignedCertificate Prepare(CertificateContents contents)
    {
        var generator = new V3TbsCertificateGenerator();
        generator.SetSerialNumber(new DerInteger(_serialNumbers.Next()));
        generator.SetSignature((AlgorithmIdentifier)_factory.AlgorithmDetails);
        generator.SetIssuer(issuer);
        generator.SetSubject(contents.Subject);
        // Time chooses UTCTime up to 2049 and GeneralizedTime from 2050, as RFC 5280, section 4.1.2.5 asks.
        generator.SetStartDate(new Time(contents.NotBefore));
        generator.SetEndDate(new Time(contents.NotAfter));
        generator.SetSubjectPublicKeyInfo(contents.PublicKey);
        generator.SetExtensions(contents.Extensions);
        return new ToBeSignedCertificate(generator.GenerateTbsCertificate());
    }

    public SignedCertificate Sign(LintedCertificate linted)
    {
        TbsCertificateStructure tbs = linted.Structure;
        byte[] content = tbs.GetEncoded(Asn1Encodable.Der);
        IStreamCalculator<IBlockResult> calculator = _factory.CreateCalculator();
        using (Stream stream = calculator.Stream)
            stream.Write(content, 0, content.Length);
        var signature = new DerBitString(calculator.GetResult().Collect());
        var certificate = new DerSequence(tbs, (AlgorithmIdentifier)_factory.AlgorithmDetails, signature);
        return new SignedCertificate(
            SerialNumbers.ToStored(tbs.SerialNumber.Value),
            DistinguishedName.FromX509Name(tbs.Subject),
            tbs.StartDate.ToDateTime(),
            tbs.EndDate.ToDateTime(),
            certificate.GetEncoded(Asn1Encodable.Der));
    }

    public SignedCertificate Issue(CertificateContents contents) => Sign(CertificateLint.Check(Prepare(contents)));
}
