namespace PSCertAuthority.Revocation;

/// <summary>Which certificates a CRL is about (RFC 5280, section 5.2.5).</summary>
public enum CrlSubjects
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those of authorities (onlyContainsCACerts).</summary>
    Ca,

    /// <summary>Those of everybody else (onlyContainsUserCerts).</summary>
    User,

    /// <summary>Attribute certificates (onlyContainsAttributeCerts), which are not issued here: such a CRL names none.</summary>
    Attribute,
}
