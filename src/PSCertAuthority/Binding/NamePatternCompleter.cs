using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Binding;

/// <summary>Completes patterns of file names; each placeholder is explained.</summary>
public sealed class NamePatternCompleter : WordCompleter
{
    private static readonly (string Text, string ToolTip)[] Patterns =
    [
        ("{CommonName}", "the common name, or the serial number where there is none"),
        ("{SerialNumber}", "the serial number, without colons"),
        ("{Authority}", "the name of the authority"),
        ("{NotAfter}", "the day of the end, as 20301231"),
        ("{Profile}", "the profile"),
        ("{CommonName}-{SerialNumber}", "for several certificates of a name"),
        ("{Authority}-{NotAfter}", "for several certificates of an authority"),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line) => line.Command == "Export-CaCertificate"
        ? Patterns
        : Patterns.Where(pattern => !pattern.Text.Contains("{Profile}"));
}
