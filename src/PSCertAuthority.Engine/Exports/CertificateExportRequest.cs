using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Exports;

/// <summary>In which form certificates are wanted.</summary>
public sealed record CertificateExportRequest
{
    /// <summary>The form.</summary>
    public EncodingFormat Format { get; init; }

    /// <summary>How much of the chain goes with a certificate, behind it.</summary>
    public ChainExtent Chain { get; init; }

    /// <summary>The full path of the private key, for PKCS #12; null takes <see cref="Certificates.CaCertificate.KeyPath"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The password of that key file; null where it has none.</summary>
    public SecureString? KeyPassword { get; init; }

    /// <summary>How the PKCS #12 file is made; null for the other forms.</summary>
    public Pkcs12Options? Pkcs12 { get; init; }

    /// <summary>Refuses what fits no certificate at all, before the first one is looked at.</summary>
    /// <exception cref="CaException"><c>ChainNotInDer</c>, <c>KeyNotInFormat</c> or <c>PfxPasswordMissing</c>.</exception>
    public void Check()
    {
        if (Format == EncodingFormat.Der && Chain != ChainExtent.None)
            throw ExportErrors.ChainNotInDer();
        if (Format == EncodingFormat.Pkcs12)
            (Pkcs12 ?? new Pkcs12Options()).RequirePassword();
        else if (Pkcs12 is not null || KeyPath is not null || KeyPassword is not null)
            throw ExportErrors.KeyNotInFormat(Format);
    }
}
