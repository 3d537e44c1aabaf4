using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Maintenance;

/// <summary>What Test-CaStore read, and what it found.</summary>
public sealed record CaStoreTestResult
{
    /// <summary>The database file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether nothing is wrong; warnings do not count.</summary>
    public bool Passed => Findings.All(finding => finding.Severity != FindingSeverity.Error);

    /// <summary>How many authorities were checked.</summary>
    public required long Authorities { get; init; }

    /// <summary>How many certificates were checked, their signatures verified.</summary>
    public required long Certificates { get; init; }

    /// <summary>How many entries of coming CRLs were checked.</summary>
    public required long CrlEntries { get; init; }

    /// <summary>How many users of the web interface were checked.</summary>
    public required long WebUsers { get; init; }

    /// <summary>How many audit records were checked.</summary>
    public required long AuditRecords { get; init; }

    /// <summary>What was found, in the order of the checks.</summary>
    public required IReadOnlyList<CaStoreFinding> Findings { get; init; }

    /// <summary>Whether it passed, and how many findings there are.</summary>
    public override string ToString() => $"{Path}: {(Passed ? "passed" : "failed")}, {Findings.Count} findings";
}
