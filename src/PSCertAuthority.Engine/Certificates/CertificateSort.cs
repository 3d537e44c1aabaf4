namespace PSCertAuthority.Certificates;

/// <summary>What a search is ordered by.</summary>
public enum CertificateSort
{
    /// <summary>The end of validity.</summary>
    NotAfter,

    /// <summary>The order in which the store took them: for those issued here, that of issuing.</summary>
    Issued,

    /// <summary>The common name in lower case; those without one first.</summary>
    CommonName,

    /// <summary>The serial number as octets, as its digits are ordered.</summary>
    SerialNumber,
}
