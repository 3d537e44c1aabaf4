using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Binding;

/// <summary>Completes from the responders that run on the store.</summary>
public abstract class ResponderCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.Responders.List()
        .Select(responder => (Text: TextOf(responder), Responder: responder))
        .Where(candidate => Begins(candidate.Text, word))
        .Select(candidate => Result(candidate.Text, $"answers for {string.Join(", ", candidate.Responder.Authority)} at {candidate.Responder.Url} (process {candidate.Responder.ProcessId})"));

    /// <summary>What names it.</summary>
    private protected abstract string TextOf(OcspResponder responder);
}

/// <summary>Completes the ports of responders.</summary>
public sealed class ResponderPortCompleter : ResponderCompleter
{
    /// <inheritdoc/>
    private protected override string TextOf(OcspResponder responder) => responder.Port.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Completes where responders answer.</summary>
public sealed class ResponderUrlCompleter : ResponderCompleter
{
    /// <inheritdoc/>
    private protected override string TextOf(OcspResponder responder) => responder.Url.ToString();
}
