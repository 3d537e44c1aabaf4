using System;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Imports;

/// <summary>Every failure of taking over what was made elsewhere, each with its id.</summary>
internal static class ImportErrors
{
    public static CaImportException FileMissing(string path, string what) => new(
        "ImportFileMissing", CaErrorCategory.ObjectNotFound, $"There is no file '{path}', which should hold {what}. Copy it there, or name the right directory.", path);

    public static CaImportException FileUnreadable(string path, Exception cause) => new(
        "ImportFileUnreadable", CaErrorCategory.ReadError, $"'{path}' could not be read: {cause.Message}", path, cause);

    public static CaImportException NoCertificate(string path) => new(
        "ImportCertificateMissing", CaErrorCategory.InvalidData, $"'{path}' holds no certificate. Give a file of PEM, DER, PKCS #7 or PKCS #12 with one.", path);

    public static CaImportException PfxInvalid(string path, Exception cause) => new(
        "ImportPfxInvalid", CaErrorCategory.InvalidData, $"'{path}' could not be opened as PKCS #12: {Encodings.Asn1Failure.Reason(cause)}. Is the password right?", path, cause);

    public static CaImportException NoAuthority(string source, string subject) => new(
        "ImportNotAuthority", CaErrorCategory.InvalidData,
        $"The certificate in '{source}' ({subject}) is none of an authority: its basicConstraints and keyUsage do not let it sign certificates. Import-CaCertificate takes it.",
        source);

    public static CaImportException SelfSignatureInvalid(string source, string subject) => new(
        "ImportSignatureInvalid", CaErrorCategory.InvalidData, $"The certificate in '{source}' ({subject}) names itself as issuer, but its own key did not sign it. Get the file again from where the authority was made.", source);

    public static CaImportException SerialNumberNegative(string source, string serial) => new(
        "ImportSerialNumberNegative", CaErrorCategory.InvalidData,
        $"The certificate in {source} has the negative serial number {serial}. RFC 5280, section 4.1.2.2, requires a positive one; "
        + "CRLs, OCSP and this store cannot tell it from others. Its issuer has to issue the certificate again.", serial);

    public static CaImportException SerialNumberTooLong(string source, int length) => new(
        "ImportSerialNumberTooLong", CaErrorCategory.InvalidData,
        $"The serial number of the certificate in {source} has {length} bytes. RFC 5280, section 4.1.2.2, allows 20, this store {SerialNumbers.MostBytes}. "
        + "Its issuer has to issue the certificate again.", source);

    public static CaImportException AuthorityExists(string subject, string name) => new(
        "ImportAuthorityExists", CaErrorCategory.ResourceExists, $"The certificate of '{subject}' is in this store already, as the authority '{name}'. Get-CaAuthority shows it.", name);

    public static CaImportException CertificateNotValid(string name, DateTime from, DateTime to) => new(
        "ImportCertificateNotValid", CaErrorCategory.InvalidData,
        $"The certificate is valid from {from.ToDisplayed():yyyy-MM-dd HH:mm:ss} to {to.ToDisplayed():yyyy-MM-dd HH:mm:ss}. It would take the place of '{name}' and sign nothing now. "
        + "Import it while it is valid.", name);

    public static CaImportException PendingKeyMismatch(string name, string source) => new(
        "ImportPendingKeyMismatch", CaErrorCategory.InvalidData,
        $"The pending authority '{name}' awaits a certificate for this subject, but that in '{source}' is for another key. "
        + $"Import what the issuer made of its request, which Export-CaAuthority '{name}' -Request writes again; or give another -Name.", name);

    public static CaImportException CertificateExists(string serial, string subject) => new(
        "ImportCertificateExists", CaErrorCategory.ResourceExists, $"The certificate {serial} ({subject}) is in this store already. Get-CaCertificate shows it; Revoke-CaCertificate revokes it.", serial);

    public static CaImportException IssuerUnknown(string source, string issuer) => new(
        "ImportIssuerUnknown", CaErrorCategory.ObjectNotFound,
        $"No authority of this store signed the certificate in {source}; it names '{issuer}' as issuer. Import-CaAuthority takes its authority over.", source);

    public static CaImportException IssuerMismatch(string source, string authority) => new(
        "ImportIssuerMismatch", CaErrorCategory.InvalidData, $"The certificate in {source} is not signed by the authority '{authority}'. Leave -Authority out to have its issuer found.", source);

    public static CaImportException IsAuthority(string source, string subject) => new(
        "ImportIsAuthority", CaErrorCategory.InvalidData, $"The certificate in {source} ({subject}) is an authority's. Import-CaAuthority takes it.", source);

    public static CaImportException IndexInvalid(string path, int line, string why) => new(
        "ImportIndexInvalid", CaErrorCategory.InvalidData, $"Line {line} of '{path}' is none of an OpenSSL index: {why}. Mend the line, or leave it out, and import again.", path);

    public static CaImportException ConfigurationInvalid(string path, string why) => new(
        "ImportConfigurationInvalid", CaErrorCategory.InvalidData, $"The OpenSSL configuration '{path}' cannot be used: {why}. Name another one with -ConfigurationPath.", path);

    public static CaImportException NumberInvalid(string path) => new(
        "ImportNumberInvalid", CaErrorCategory.InvalidData, $"'{path}' should hold a hexadecimal number. Mend it, and import again.", path);

    public static CaImportException CrlNumberInvalid(long number) => new(
        "ImportCrlNumberInvalid", CaErrorCategory.InvalidArgument, $"A CRL number of {number} is not possible. Give 0 or more.", number);

    public static CaImportException CrlInvalid(string path, string why, Exception? cause = null) => new(
        "ImportCrlInvalid", CaErrorCategory.InvalidData, $"The CRL '{path}' cannot be taken over: {why}. Give a complete CRL in PEM or DER.", path, cause);

    public static CaImportException CrlMismatch(string path, string subject, string why) => new(
        "ImportCrlMismatch", CaErrorCategory.InvalidData, $"The CRL '{path}' is not of the authority {subject}: {why}. Give a CRL that this authority signed.", path);

    public static CaImportException CrlIsDelta(string path) => new(
        "ImportCrlIsDelta", CaErrorCategory.InvalidData, $"The CRL '{path}' is a delta CRL, which lists only what has changed. Give the complete CRL.", path);

    public static CaImportException DumpInvalid(string path, string why, Exception? cause = null) => new(
        "ImportDumpInvalid", CaErrorCategory.InvalidData,
        $"'{path}' is no dump of django-ca: {why}. 'python manage.py dumpdata django_ca' makes one.", path, cause);

    public static CaImportException NameTakesOne(int count) => new(
        "ImportNameTakesOne", CaErrorCategory.InvalidArgument, $"The dump holds {count} authorities with names of their own; leave -Name out.", null);

    public static CaImportException IssuerSignatureInvalid(string source, string subject, string issuer) => new(
        "ImportIssuerSignatureInvalid", CaErrorCategory.InvalidData,
        $"The certificate in '{source}' ({subject}) names '{issuer}' of this store as its issuer, but is not signed with its key. "
        + $"Get it again from '{issuer}'; where that has a new key, import its new certificate first.", source);

    public static CaImportException NameAmbiguous(string name, string owner) => new(
        "ImportNameAmbiguous", CaErrorCategory.InvalidArgument,
        $"'{name}' is the common name of the authority '{owner}', which is found by it, and would mean the imported authority from now on. Give it another name with -Name.", name);

    public static CaImportException CertificateExpired(string source, string name, DateTime notAfter) => new(
        "ImportCertificateExpired", CaErrorCategory.InvalidData,
        $"The certificate in '{source}' for the pending authority '{name}' expired on {notAfter.ToDisplayed():yyyy-MM-dd HH:mm:ss}. "
        + $"Have its issuer sign the request again; Export-CaAuthority '{name}' -Request writes it.", source);

    public static CaImportException RevokedAtInvalid(DateTime time) => new(
        "ImportRevokedAtInvalid", CaErrorCategory.InvalidArgument, $"A certificate cannot have been revoked in the future ({time:yyyy-MM-dd HH:mm:ss}). Give a -RevokedAt up to now.", time);
}
