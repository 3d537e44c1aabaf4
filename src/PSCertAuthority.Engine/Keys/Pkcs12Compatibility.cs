namespace PSCertAuthority.Keys;

/// <summary>Which readers a PKCS #12 file is made for.</summary>
public enum Pkcs12Compatibility
{
    /// <summary>AES-256 and SHA-256: Windows Server 2019 and Windows 10 version 1709 and newer, OpenSSL, Java, .NET.</summary>
    Modern,

    /// <summary>Triple DES and SHA-1, which is all that Windows Server 2016 and older read.</summary>
    Legacy,
}
