namespace PSCertAuthority.Validation;

/// <summary>One thing that was tested of a certificate.</summary>
/// <param name="Check">What was tested: Chain, Dates, Usage, Name or Revocation.</param>
/// <param name="Passed">Whether nothing is wrong with it.</param>
/// <param name="Message">What was found, in a sentence.</param>
public sealed record CertificateCheck(string Check, bool Passed, string Message)
{
    /// <summary>The check on one line.</summary>
    public override string ToString() => $"{Check}: {(Passed ? "passed" : "failed")}: {Message}";
}
