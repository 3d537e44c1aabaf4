using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of authorities; a serial number that was begun is completed to the name's place.</summary>
public sealed class AuthorityCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.Authorities.List().Concat(engine.Authorities.ListPending())
        .Where(a => Begins(a.Name, word) || (a.SerialNumber.Length > 0 && Begins(a.SerialNumber, word)))
        .Select(a => Result(Begins(a.Name, word) ? a.Name : a.SerialNumber, a.Status == AuthorityStatus.Pending ? $"{a.Subject} ({a.Status})" : $"{a.Subject}, until {a.NotAfter:d} ({a.Status})"));
}
