using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Binding;

/// <summary>Completes the CRL URLs that authorities write into what they issue.</summary>
public sealed class DistributionPointCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line)
    {
        IEnumerable<CaAuthority> authorities = line["Identity"] is { Length: > 0 } name ? [engine.Authorities.Get(name)] : engine.Authorities.List();
        return authorities.SelectMany(authority => authority.CrlUrl.Concat(authority.DeltaCrlUrl)
            .Where(url => Begins(url, word))
            .Select(url => Result(url, $"stands in what {authority.Name} issues")));
    }
}
