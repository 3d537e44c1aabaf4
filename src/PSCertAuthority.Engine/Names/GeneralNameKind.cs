namespace PSCertAuthority.Names;

/// <summary>The kinds of general name (RFC 5280, section 4.2.1.6).</summary>
public enum GeneralNameKind
{
    /// <summary>dNSName: a host name.</summary>
    Dns,

    /// <summary>rfc822Name: an e-mail address.</summary>
    Email,

    /// <summary>uniformResourceIdentifier.</summary>
    Uri,

    /// <summary>iPAddress: an address, or in constraints a network.</summary>
    IPAddress,

    /// <summary>directoryName.</summary>
    DirectoryName,

    /// <summary>registeredID: an OID.</summary>
    RegisteredId,

    /// <summary>otherName: a value of a type that an OID names.</summary>
    OtherName,

    /// <summary>x400Address or ediPartyName, shown in hexadecimal.</summary>
    Unknown,
}
