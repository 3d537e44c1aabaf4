using System;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>How a certificate stands, in eight octets: good, or revoked with moment and reason.</summary>
internal readonly record struct CertificateState
{
    private const int ReasonBits = 8;
    private readonly long _value;

    private CertificateState(long value) => _value = value;

    /// <summary>Neither revoked nor suspended.</summary>
    public static CertificateState Good { get; } = new(0);

    /// <summary>Revoked, but moment and reason are only in its record: it has ended, and left the CRLs.</summary>
    public static CertificateState RevokedBefore { get; } = new(-1);

    public bool IsGood => _value == 0;

    /// <summary>Whether moment and reason have to be read from the record.</summary>
    public bool NeedsRecord => _value == -1;

    /// <summary>UTC.</summary>
    public DateTime RevokedAt => StoreTime.FromSeconds(_value >> ReasonBits);

    public RevocationReason Reason => (RevocationReason)(_value & ((1 << ReasonBits) - 1));

    public static CertificateState Of(RevocationRecord? revocation) =>
        revocation is null ? Good : new((StoreTime.ToSeconds(revocation.RevokedAt) << ReasonBits) | (uint)(int)revocation.Reason);
}
