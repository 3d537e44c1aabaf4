using System;

namespace PSCertAuthority.Ocsp;

/// <summary>Every failure of setting up and asking responders, each with its id.</summary>
internal static class ResponderErrors
{
    public static CaResponderException KeyMissing() => new(
        "ResponderKeyMissing", CaErrorCategory.ObjectNotFound, "No key for this authority is here.", null);

    public static CaResponderException StoreReplaced(string path) => new(
        "ResponderStoreReplaced", CaErrorCategory.InvalidData,
        $"The store '{path}' is another one than the one that the responder was started with. Put that one back, or start the responder again to serve the new one.", path);

    public static CaResponderException FilesForOne() => new(
        "ResponderFilesForOne", CaErrorCategory.InvalidArgument,
        "A certificate and key of a responder, or a CRL file, are those of one authority. Name just one with -Authority.", null);

    public static CaResponderException IssuerUnknown(string issuer) => new(
        "OcspIssuerUnknown", CaErrorCategory.ObjectNotFound, $"The issuer '{issuer}' is not in this store. Give its certificate with -IssuerPath.", issuer);

    public static CaResponderException UriMissing(string serial, string? named) => new(
        "OcspUriMissing", CaErrorCategory.InvalidArgument,
        named is null ? $"The certificate {serial} names no OCSP responder. Give one with -Uri." : $"'{named}' is no HTTP address of a responder. Give one with -Uri.", serial);

    public static CaResponderException CertificateUnfit(string subject, string authority) => new(
        "ResponderCertificateUnfit", CaErrorCategory.InvalidData,
        $"The certificate '{subject}' was not issued by '{authority}' for signing OCSP responses. Issue one with New-CaCertificate -Profile ocsp.", authority);

    public static CaResponderException CertificateEnded(string path, DateTime end) => new(
        "ResponderCertificateEnded", CaErrorCategory.InvalidData,
        $"The responder's certificate in '{path}' ended on {end:yyyy-MM-dd HH:mm}. Issue another with New-CaCertificate -Profile ocsp.", path);

    public static CaResponderException CrlMissing(string path) => new(
        "ResponderCrlMissing", CaErrorCategory.ObjectNotFound, $"There is no CRL file '{path}'. Make one with Export-CaCrl.", path);

    public static CaResponderException ValidityInvalid(TimeSpan validFor, string parameter) => new(
        "OcspValidityInvalid", CaErrorCategory.InvalidArgument, $"Nothing can be valid for {validFor} here. -{parameter} takes ten seconds at least and 30 days at most.", validFor);

    public static CaResponderException ValidityTooLong(TimeSpan validFor, DateTime end) => new(
        "OcspValidityTooLong", CaErrorCategory.InvalidArgument,
        $"Responses cannot be valid for {validFor}: the certificate of their signer ends on {end:yyyy-MM-dd HH:mm}. Give a shorter -ExpiresIn.", validFor);
}
