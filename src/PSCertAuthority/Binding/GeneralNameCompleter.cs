using System.Collections.Generic;

namespace PSCertAuthority.Binding;

/// <summary>Completes the prefixes of general names (RFC 5280, section 4.2.1.6).</summary>
public sealed class GeneralNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line) =>
    [
        ("DNS:", "a host name; *. before it for one label"),
        ("IP:", "an address, in name constraints a network such as 192.0.2.0/24"),
        ("email:", "an e-mail address"),
        ("URI:", "a URI"),
        ("dirname:", "a directory name, as dirname:/O=Example/CN=x"),
        ("RID:", "a registered OID"),
        ("otherName:", "a value of a type of its own, as otherName:OID;UTF8:text"),
    ];
}
