using System;
using System.Collections.Generic;

namespace PSCertAuthority.Extensions;

/// <summary>Every failure of the extensions, each with its id.</summary>
internal static class ExtensionErrors
{
    public static CaExtensionException KeyUsageUnknown(string name, IEnumerable<string> known) => new(
        "KeyUsageUnknown", CaErrorCategory.InvalidArgument,
        $"'{name}' is no key usage. There are: {string.Join(", ", known)}.", name);

    public static CaExtensionException KeyUsageForAuthorities(string names) => new(
        "KeyUsageForAuthorities", CaErrorCategory.PermissionDenied,
        $"Only the certificate of an authority may have the key usage {names}. Leave it out; New-CaAuthority makes authorities.", names);

    public static CaExtensionException KeyUsageUnfit(string names, string why) => new(
        "KeyUsageUnfit", CaErrorCategory.InvalidArgument, $"The key usage {names} is not possible: {why}. Leave it out, or take a key that can do it.", names);

    public static CaExtensionException ExtendedKeyUsageUnknown(string name) => new(
        "ExtendedKeyUsageUnknown", CaErrorCategory.InvalidArgument,
        $"'{name}' is no extended key usage that is known here. Use a name such as serverAuth, clientAuth, codeSigning, emailProtection, "
        + "timeStamping or OCSPSigning, or a dotted OID.", name);

    public static CaExtensionException ExtendedKeyUsageOutsideAuthority(string authority, string usages) => new(
        "ExtendedKeyUsageOutsideAuthority", CaErrorCategory.PermissionDenied,
        $"The certificate of the authority '{authority}' does not have the extended key usage {usages}, so that nobody would accept it below. "
        + "Give an -ExtendedKeyUsage that the authority has, or take another authority.", usages);

    public static CaExtensionException PolicyInvalid(string policy, string why) => new(
        "CertificatePolicyInvalid", CaErrorCategory.InvalidArgument,
        $"'{policy}' is no certificate policy: {why}. Give a dotted OID or a name such as domain-validated, "
        + "'OID;cps=http://…;notice=text', or @{ Oid = …; CpsUri = …; Notice = … }.", policy);

    public static CaExtensionException PolicyRepeated(string oid) => new(
        "CertificatePolicyRepeated", CaErrorCategory.InvalidArgument,
        $"The certificate policy {oid} is given twice; a certificate may hold each once. Leave one out.", oid);

    public static CaExtensionException PolicySkipInvalid(string parameter, int certificates) => new(
        "PolicySkipInvalid", CaErrorCategory.InvalidArgument,
        $"-{parameter} {certificates} is not possible: it is the number of certificates that may follow before it counts. Give 0 to 100.",
        certificates);

    public static CaExtensionException Invalid(string extension, string why, Exception? cause = null) => new(
        "ExtensionInvalid", CaErrorCategory.InvalidArgument,
        $"The extension {extension} cannot be written: {why}. Give @{{ Oid = '1.2.3'; Value = DER as octets or hexadecimal text; "
        + "Critical = $false }, or an X509Extension.", extension, cause);

    public static CaExtensionException Reserved(string oid, string name, string why) => new(
        "ExtensionReserved", CaErrorCategory.InvalidArgument,
        $"The extension {oid} ({name}) cannot be given as -Extension: {why}.", oid);

    public static CaExtensionException Repeated(string oid) => new(
        "ExtensionRepeated", CaErrorCategory.InvalidArgument,
        $"The extension {oid} is given twice; a certificate may hold each once (RFC 5280, section 4.2). Leave one out.", oid);

    public static CaExtensionException NoCertificate(string source, string why, Exception? cause = null) => new(
        "CertificateUnreadable", CaErrorCategory.InvalidData,
        $"{source} holds no certificate that could be read: {why}. Give one in PEM or DER.", source, cause);

    public static CaExtensionException FileUnreadable(string path, Exception cause) => new(
        "CertificateFileUnreadable", CaErrorCategory.ReadError, $"The file '{path}' could not be read: {cause.Message}", path, cause);
}
