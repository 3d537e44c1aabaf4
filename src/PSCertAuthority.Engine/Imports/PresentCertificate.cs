using System;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>The certificate that an authority works with, held against another one for its key: only a better one takes its place.</summary>
internal sealed class PresentCertificate(StoreUnit unit, AuthorityRecord authority, AuthorityIntake intake)
{
    private readonly DecodedCertificate _present = new(authority.Certificate);

    private bool IsValid => authority.NotBefore <= intake.Now && authority.NotAfter > intake.Now;

    /// <summary>
    /// Whether the other one bears the same name byte for byte. Its CRLs would not be those of the certificates issued until now to who compares names in this way.
    /// </summary>
    public bool HasSameEncoding(DecodedCertificate other) => _present.SubjectName.GetDerEncoded().SequenceEqual(other.SubjectName.GetDerEncoded());

    /// <summary>That it does not, and what to do; to be told behind its name.</summary>
    public string OtherEncoding =>
        "encodes its subject differently from the certificates and CRLs that were issued: GnuTLS and NSS compare names byte for byte and would miss revocations. "
        + $"Ask the issuer to keep the encoding of the request, which Update-CaAuthority '{authority.Name}' -RequestPath writes";

    /// <summary>What speaks against the other one, to be told behind its name; null where it takes the place of the present one.</summary>
    public string? WhyNotReplacedBy(DecodedCertificate other)
    {
        if (other.NotBefore > intake.Now)
            return $"is not valid before {other.NotBefore.ToDisplayed():yyyy-MM-dd HH:mm:ss}; import it again then";
        if (IsRevoked(other))
            return "was revoked by its issuer";
        if (IsValid && other.NotAfter <= intake.Now)
            return "has expired";
        if (intake.Request.Force)
            return null;
        return WhyNotBetter(other) ?? (authority.Revocation is null && authority.NotAfter > intake.Now && !HasSameEncoding(other) ? OtherEncoding : null);
    }

    private string? WhyNotBetter(DecodedCertificate other)
    {
        if (!IsValid && other.NotAfter > intake.Now)
            return null;
        if (!IsOfSameIssuer(other))
            return $"is a cross-certificate: another authority issued it ({other.Issuer}); -Force makes it the present one";
        return (other.NotBefore, other.NotAfter).CompareTo((authority.NotBefore, authority.NotAfter)) > 0 ? null : "is older than its present one";
    }

    private bool IsRevoked(DecodedCertificate other) => FindIssuer(other) is { } issuer
        && (unit.Certificates.Find(issuer.Id, other.SerialNumber)?.Revocation ?? unit.CrlEntries.Find(issuer.Id, other.SerialNumber)?.Revocation) is not null;

    /// <summary>The same name and key; also the new key of that name, where both are in the store. A root's issuer is itself.</summary>
    private bool IsOfSameIssuer(DecodedCertificate other)
    {
        if (!KeyFamily.IsSame(_present.IssuerName, other.IssuerName) || _present.IsSelfSigned != other.IsSelfSigned)
            return false;
        if (FindIssuer(_present) is { } before && FindIssuer(other) is { } now)
            return before.Id == now.Id || before.ReplacedById == now.Id;
        return _present.AuthorityKeyIdentifier is not { } old || other.AuthorityKeyIdentifier is not { } key || old.SequenceEqual(key);
    }

    private AuthorityRecord? FindIssuer(DecodedCertificate certificate) =>
        certificate.IsSelfSigned ? authority : unit.Authorities.All().FirstOrDefault(candidate => AuthorityIntake.IsIssuer(candidate, certificate));
}
