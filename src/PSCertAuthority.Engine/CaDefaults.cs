namespace PSCertAuthority;

/// <summary>What holds where the administrator says nothing.</summary>
public static class CaDefaults
{
    /// <summary>The validity of an issued certificate, in days.</summary>
    public const int CertificateValidDays = 730;

    /// <summary>The validity of an authority, in days.</summary>
    public const int AuthorityValidDays = 3650;

    /// <summary>How far notBefore lies back, in minutes, so that clocks may differ a little.</summary>
    public const int ClockSkewMinutes = 5;

    /// <summary>The size of an authority's RSA key, in bits.</summary>
    public const int AuthorityRsaSize = 4096;

    /// <summary>The size of an issued certificate's RSA key, in bits.</summary>
    public const int CertificateRsaSize = 3072;

    /// <summary>How long a CRL is valid, in hours.</summary>
    public const int CrlValidHours = 24;
}
