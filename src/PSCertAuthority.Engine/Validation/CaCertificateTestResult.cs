using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Validation;

/// <summary>What Test-CaCertificate found of a certificate.</summary>
public sealed record CaCertificateTestResult
{
    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Its serial number, as <c>75:BC:D1</c>.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <summary>The moment that it was tested for; local time.</summary>
    public required DateTime At { get; init; }

    /// <summary>The names of the authorities above it, the nearest first.</summary>
    public required IReadOnlyList<string> Chain { get; init; }

    /// <summary>Each thing that was tested.</summary>
    public required IReadOnlyList<CertificateCheck> Checks { get; init; }

    /// <summary>Whether it passed, and what did not.</summary>
    public override string ToString() =>
        $"{Subject}: {(Passed ? "passed" : string.Join("; ", Checks.Where(check => !check.Passed).Select(check => check.Message)))}";
}
