using System;
using System.Collections.Generic;

namespace PSCertAuthority.Certificates;

/// <summary>What became of one request: a stored certificate, or the reason why there is none.</summary>
public sealed class IssueOutcome
{
    internal IssueOutcome(CertificateIssueRequest request, CaCertificate? certificate, Exception? error)
    {
        Request = request;
        Certificate = certificate;
        Error = error;
    }

    /// <summary>What was asked.</summary>
    public CertificateIssueRequest Request { get; }

    /// <summary>The certificate, durably stored; null where there is an <see cref="Error"/>.</summary>
    public CaCertificate? Certificate { get; }

    /// <summary>What whoever asked should know of the certificate; as a rule empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why there is none: as a rule a <see cref="CaException"/>.</summary>
    public Exception? Error { get; }
}
