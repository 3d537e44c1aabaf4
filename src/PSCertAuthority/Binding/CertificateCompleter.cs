using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>Completes the serial numbers and common names of valid certificates.</summary>
public sealed class CertificateCompleter : StoreCompleter
{
    private const int MaximumScanned = 2000;
    private const int MaximumOffered = 50;

    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word) => engine.Certificates
        .List(new CertificateFilter())
        .Take(MaximumScanned)
        .SelectMany(c => Candidates(c).Where(text => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(1)
            .Select(text => Result(text, $"{c.Subject}, {c.Authority}, until {c.NotAfter:d}")))
        .Take(MaximumOffered);

    private static IEnumerable<string> Candidates(CaCertificate certificate)
    {
        yield return certificate.SerialNumber;
        if (certificate.CommonName is { } name)
            yield return name;
    }
}
