using System;

namespace PSCertAuthority.Revocation;

/// <summary>Every failure of making CRLs, each with its id.</summary>
internal static class CrlErrors
{
    public static CaCrlException ValidityInvalid(TimeSpan validFor) => new(
        "CrlValidityInvalid", CaErrorCategory.InvalidArgument,
        $"A CRL cannot be valid for {validFor}. Give more than zero and ten years at most.", validFor);
}
