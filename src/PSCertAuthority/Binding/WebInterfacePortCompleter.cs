using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Completes the ports of the web interfaces that run on the store.</summary>
public sealed class WebInterfacePortCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.WebInterfaces.List()
        .Select(web => (Text: web.Port.ToString(CultureInfo.InvariantCulture), Web: web))
        .Where(candidate => Begins(candidate.Text, word))
        .Select(candidate => Result(candidate.Text, $"the web interface at {candidate.Web.Url} (process {candidate.Web.ProcessId})"));
}
