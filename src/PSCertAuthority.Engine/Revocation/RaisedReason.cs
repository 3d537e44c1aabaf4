using System;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>A certificate is revoked once; only that its key turns out to be in other hands may be said later.</summary>
internal static class RaisedReason
{
    /// <summary>Whether a revocation may be given another reason.</summary>
    /// <param name="earlier">The reason that it has.</param>
    /// <param name="reason">The other one.</param>
    /// <param name="isAuthority">Whether it is an authority's; for its key cACompromise says the same as keyCompromise.</param>
    public static bool IsPossible(RevocationReason earlier, RevocationReason reason, bool isAuthority) =>
        IsCompromise(reason, isAuthority) && !IsCompromise(earlier, isAuthority);

    /// <summary>The same revocation with that reason: its moment stays, and of the invalidity dates the earlier one.</summary>
    public static RevocationRecord Of(RevocationRecord earlier, RevocationReason reason, DateTime? invalidityDate) => earlier with
    {
        Reason = reason,
        InvalidityDate = earlier.InvalidityDate < invalidityDate ? earlier.InvalidityDate : invalidityDate ?? earlier.InvalidityDate,
    };

    private static bool IsCompromise(RevocationReason reason, bool isAuthority) =>
        reason == RevocationReason.KeyCompromise || (isAuthority && reason == RevocationReason.CACompromise);
}
