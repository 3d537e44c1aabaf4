using PSCertAuthority.Encodings;

namespace PSCertAuthority.Commands;

/// <summary>What files in a directory end with.</summary>
internal static class FileExtensions
{
    public static string OfCertificates(EncodingFormat format) => format switch
    {
        EncodingFormat.Pem => ".pem",
        EncodingFormat.Pkcs7 => ".p7b",
        EncodingFormat.Pkcs12 => ".pfx",
        _ => ".cer",
    };

    public static string OfCrls(EncodingFormat format) => format == EncodingFormat.Pem ? ".crl.pem" : ".crl";
}
