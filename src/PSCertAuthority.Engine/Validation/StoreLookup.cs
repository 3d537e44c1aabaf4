using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Validation;

/// <summary>Asks the records of the store.</summary>
internal sealed class StoreLookup(CaStore store) : IRevocationLookup
{
    public string Source => "the records of the store";

    public RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer) => store.Read(unit =>
    {
        AuthorityRecord? authority = unit.Authorities.All().FirstOrDefault(a => a.Certificate.SequenceEqual(certificate.Der));
        CertificateRecord? record = authority is null ? unit.Certificates.Find(issuer.Record.Id, certificate.SerialNumber) : null;
        if (authority is null && record is null)
            return RevocationFinding.Unknown("its issuer has signed it, but the store has no record of it");
        return (authority?.Revocation ?? record?.Revocation) is { } revocation
            ? RevocationFinding.Revoked(revocation.RevokedAt, revocation.Reason.ToString())
            : RevocationFinding.Good;
    });
}
