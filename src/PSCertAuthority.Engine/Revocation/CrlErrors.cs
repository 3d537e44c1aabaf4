using System;

namespace PSCertAuthority.Revocation;

/// <summary>Every failure of making CRLs, each with its id.</summary>
internal static class CrlErrors
{
    public static CaCrlException Unreadable(string path, Exception? cause = null) => new(
        "CrlUnreadable", CaErrorCategory.InvalidData, $"'{path}' is no CRL that can be read (PEM or DER).", path, cause);

    public static CaCrlException ValidityInvalid(TimeSpan validFor) => new(
        "CrlValidityInvalid", CaErrorCategory.InvalidArgument,
        $"A CRL cannot be valid for {validFor}. Give more than zero and ten years at most.", validFor);
}
