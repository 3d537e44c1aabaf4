namespace PSCertAuthority.Encodings;

/// <summary>How certificates and CRLs are written.</summary>
public enum EncodingFormat
{
    /// <summary>Text with BEGIN and END lines (RFC 7468).</summary>
    Pem,

    /// <summary>Octets (X.690).</summary>
    Der,

    /// <summary>A certs-only SignedData (RFC 5652), in octets: the .p7b that Windows and Java take certificates from. It holds no key.</summary>
    Pkcs7,

    /// <summary>Certificates with the private key, encrypted with a password (RFC 7292): the .pfx or .p12 of Windows and Java.</summary>
    Pkcs12,
}
