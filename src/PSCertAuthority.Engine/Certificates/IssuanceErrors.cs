using System;
using System.Collections.Generic;
using System.Globalization;
using PSCertAuthority.Names;

namespace PSCertAuthority.Certificates;

/// <summary>Every failure of issuing, each with its id.</summary>
internal static class IssuanceErrors
{
    public static CaIssuanceException LintFailed(IEnumerable<string> findings) => new(
        "LintFailed", CaErrorCategory.InvalidOperation,
        $"The certificate was not signed, since it would be wrong: {string.Join("; ", findings)}. Please report this.", null);

    public static CaIssuanceException NameMissing() => new(
        "NameMissing", CaErrorCategory.InvalidArgument,
        "The certificate would name nobody: give a subject with a common name (-Subject '/CN=…') or a -SubjectAlternativeName.", null);

    public static CaIssuanceException CommonNameNoAlternativeName(string commonName, CaException cause) => new(
        "CommonNameNotInSan", CaErrorCategory.InvalidArgument,
        $"The common name '{commonName}' should go into the subject alternative name, but is no host name, address or URI. "
        + "Leave it out with -NoCommonNameInSan, or take a profile for persons such as 'enduser'.", commonName, cause);

    public static CaIssuanceException NetworkInAlternativeName(GeneralName name) => new(
        "NetworkInSan", CaErrorCategory.InvalidArgument,
        $"'{name}' is a network. A subject alternative name holds single addresses: give them one by one.", name);

    public static CaIssuanceException NameForbidden(string authority, NameConstraintViolation violation) => new(
        "NameForbidden", CaErrorCategory.PermissionDenied,
        $"The authority '{authority}' may not issue this name: {violation.Message} Take another name, or another authority.", violation.Name);

    public static CaIssuanceException EndPast(DateTime end) => new(
        "EndInPast", CaErrorCategory.InvalidArgument,
        $"The end {Local(end)} lies in the past. Give a later -NotAfter.", end.ToDisplayed());

    public static CaIssuanceException EndAfterAuthority(DateTime end, string authority, DateTime longest, int days) => new(
        "EndAfterAuthority", CaErrorCategory.InvalidArgument,
        $"The end {Local(end)} lies after that of the authority '{authority}'. The longest possible is {Local(longest)}, "
        + $"that is -ValidDays {days}.", end.ToDisplayed());

    public static CaIssuanceException ValidityInvalid(int days) => new(
        "ValidDaysInvalid", CaErrorCategory.InvalidArgument,
        $"A validity of {days} days is not possible. Give 1 to 36500.", days);

    public static CaIssuanceException UrlInvalid(string url) => new(
        "UrlInvalid", CaErrorCategory.InvalidArgument,
        $"'{url}' is no URL that a certificate can carry. Give an absolute one, such as http://pki.example.com/root.crl "
        + "(http, https, ldap or ftp, ASCII characters).", url);

    public static CaIssuanceException RequestExtensionRefused(string oid, string why) => new(
        "RequestExtensionRefused", CaErrorCategory.PermissionDenied,
        $"The request asks for the extension {oid}, which is refused: {why}. Leave out -UseRequestExtension, or have the request made without it.", oid);

    public static CaIssuanceException BeyondProfile(string profile, string what, string parameter) => new(
        "RequestBeyondProfile", CaErrorCategory.PermissionDenied,
        $"The request asks for {what}, which the profile '{profile}' does not let requests ask for. -UseRequestName takes the names alone; "
        + $"Set-CaProfile '{profile}' -{parameter} lets requests ask for more.", what);

    public static CaIssuanceException TooManyNames(int count, int most) => new(
        "TooManyNames", CaErrorCategory.InvalidArgument,
        $"The certificate would have {count} names; {most} are the most. Divide them among several certificates, or raise the setting MaximumNames.", count);

    public static CaIssuanceException KeyDestinationMissing() => new(
        "KeyPathMissing", CaErrorCategory.InvalidArgument,
        "A generated key must be kept somewhere: give -KeyPath or -PfxPath.", null);

    private static string Local(DateTime utc) => utc.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
