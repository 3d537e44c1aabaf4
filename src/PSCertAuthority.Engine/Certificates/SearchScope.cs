namespace PSCertAuthority.Certificates;

/// <summary>Where a search looks for its text.</summary>
public enum SearchScope
{
    /// <summary>In the common name, and at the start of the serial number: an index answers, whatever the size of the store.</summary>
    Names,

    /// <summary>Also in the rest of the subject and in the subject alternative names, which are in the certificates alone: they are read one by one.</summary>
    Contents,
}
