using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Exports;

/// <summary>Every failure of exporting, each with its id.</summary>
internal static class ExportErrors
{
    public static CaExportException NamePatternInvalid(string pattern, string why) => new(
        "NamePatternInvalid", CaErrorCategory.InvalidArgument,
        $"'{pattern}' names no files: {why}. Write something like '{{CommonName}}-{{SerialNumber}}'.", pattern);

    public static CaExportException PlaceholderUnknown(string pattern, string name, IEnumerable<string> known) =>
        NamePatternInvalid(pattern, $"there is no '{{{name}}}', only {string.Join(", ", known.Select(k => $"{{{k}}}"))}");

    public static CaExportException RequestFormat(EncodingFormat format) => new(
        "RequestNotInFormat", CaErrorCategory.InvalidArgument, $"A request cannot be written as {format}. For requests take -Format Pem or Der.", format);

    public static CaExportException ChainNotInDer() => new(
        "ChainNotInDer", CaErrorCategory.InvalidArgument,
        $"A {EncodingFormat.Der} file holds a single certificate. For the chain take -Format Pem or Pkcs7.", EncodingFormat.Der);

    public static CaExportException KeyNotInFormat(EncodingFormat format) => new(
        "KeyNotInFormat", CaErrorCategory.InvalidArgument,
        $"A {format} file holds no private key and has no password or friendly name. Take -Format Pkcs12, or leave these out.", format);

    public static CaExportException AuthorityKeyNotExported(string authority) => new(
        "AuthorityKeyNotExported", CaErrorCategory.PermissionDenied,
        $"The private key of the authority '{authority}' is not exported, and so there is no {EncodingFormat.Pkcs12} file of it. Take another format.", authority);

    public static CaExportException KeyPathUnknown(CaCertificate certificate) => new(
        "KeyPathUnknown", CaErrorCategory.InvalidArgument,
        $"The store does not know where the private key of the certificate {certificate.SerialNumber} ({certificate.Subject}) is. Give -KeyPath.",
        certificate.SerialNumber);
}
