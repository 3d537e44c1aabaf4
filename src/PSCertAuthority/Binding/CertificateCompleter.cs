using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>Completes the serial numbers and common names of valid certificates; for Resume-CaCertificate, of suspended ones.</summary>
public sealed class CertificateCompleter : StoreCompleter
{
    private const int MaximumScanned = 2000;
    private const int MaximumOffered = 50;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.Certificates
        .List(new CertificateFilter { Status = line.Command == "Resume-CaCertificate" ? [CertificateStatus.Suspended] : [] })
        .Take(MaximumScanned)
        .SelectMany(c => Candidates(c).Where(text => Begins(text, word)).Take(1)
            .Select(text => Result(text, $"{(text == c.SerialNumber ? c.Subject : $"{c.SerialNumber} {c.Subject}")}, {c.Authority}, until {c.NotAfter:d} ({c.Status})")))
        .Take(MaximumOffered);

    private static IEnumerable<string> Candidates(CaCertificate certificate)
    {
        yield return certificate.SerialNumber;
        if (certificate.CommonName is { } name)
            yield return name;
    }
}
