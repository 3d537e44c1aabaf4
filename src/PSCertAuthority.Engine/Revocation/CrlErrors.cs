using System;

namespace PSCertAuthority.Revocation;

/// <summary>Every failure of making CRLs, each with its id.</summary>
internal static class CrlErrors
{
    public static CaCrlException Unreadable(string path, Exception? cause = null) => new(
        "CrlUnreadable", CaErrorCategory.InvalidData, $"'{path}' is no CRL that can be read. Give one in PEM or DER.", path, cause);

    public static CaCrlException BaseMissing(string authority, CrlScope scope) => new(
        "CrlBaseMissing", CaErrorCategory.InvalidOperation,
        $"A delta CRL of '{authority}' needs a complete one before it{(scope.IsEverything ? string.Empty : $" of the same scope ({scope})")}. Export-CaCrl without -Delta makes it.", authority);

    public static CaCrlException ReasonInvalid(RevocationReason reason) => new(
        "CrlReasonInvalid", CaErrorCategory.InvalidArgument, $"A CRL cannot be limited to the reason '{reason}': RFC 5280 has no flag for it. Leave it out of -OnlyReason.", reason);

    public static CaCrlException ValidityInvalid(TimeSpan validFor) => new(
        "CrlValidityInvalid", CaErrorCategory.InvalidArgument,
        $"A CRL cannot be valid for {validFor}. Give an -ExpiresIn from one second to ten years, such as 7 (days), 90d or 12h.", validFor);
}
