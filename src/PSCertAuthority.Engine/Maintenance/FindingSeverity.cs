namespace PSCertAuthority.Maintenance;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Information,

    /// <summary>It works, and should be looked at.</summary>
    Warning,

    /// <summary>Something is wrong: do not rely on the store before it is understood.</summary>
    Error,
}
