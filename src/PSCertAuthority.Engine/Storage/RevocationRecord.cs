using System;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>That, when and why something was revoked. Times are UTC, whole seconds.</summary>
internal sealed record RevocationRecord(DateTime RevokedAt, RevocationReason Reason, DateTime? InvalidityDate)
{
    /// <summary>A compromised key weighs most, a hold least.</summary>
    private int Weight => Reason switch
    {
        RevocationReason.KeyCompromise or RevocationReason.CACompromise or RevocationReason.AACompromise => 2,
        RevocationReason.CertificateHold => 0,
        _ => 1,
    };

    /// <summary>This and what was known before as one: the stronger reason, else the known one, and the earlier dates.</summary>
    public RevocationRecord After(RevocationRecord? known) => known is null ? this : new RevocationRecord(
        known.RevokedAt < RevokedAt ? known.RevokedAt : RevokedAt,
        known.Weight >= Weight ? known.Reason : Reason,
        known.InvalidityDate is null || InvalidityDate < known.InvalidityDate ? InvalidityDate : known.InvalidityDate);
}
