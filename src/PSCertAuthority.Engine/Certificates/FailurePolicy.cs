namespace PSCertAuthority.Certificates;

/// <summary>What a failing request means for those behind it.</summary>
public enum FailurePolicy
{
    /// <summary>They are issued all the same.</summary>
    Continue,

    /// <summary>None of them is issued.</summary>
    Stop,
}
