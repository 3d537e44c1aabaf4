namespace PSCertAuthority.Commands;

/// <summary>How certificates and CRLs are written.</summary>
public enum EncodingFormat
{
    /// <summary>Text with BEGIN and END lines (RFC 7468).</summary>
    Pem,

    /// <summary>Octets (X.690).</summary>
    Der,
}
