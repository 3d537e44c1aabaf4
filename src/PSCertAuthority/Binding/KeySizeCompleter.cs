using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Binding;

/// <summary>Completes the sizes of keys, those of the kind that -KeyType names where it does; profiles limit RSA alone.</summary>
public sealed class KeySizeCompleter : WordCompleter
{
    private static readonly (KeyType Type, string Size, string ToolTip)[] Sizes =
    [
        (KeyType.EC, "256", "EC, curve P-256"),
        (KeyType.EC, "384", "EC, curve P-384"),
        (KeyType.EC, "521", "EC, curve P-521"),
        (KeyType.RSA, "2048", "RSA, the smallest that is allowed"),
        (KeyType.RSA, "3072", "RSA, as strong as EC 256"),
        (KeyType.RSA, "4096", "RSA, for authorities"),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line)
    {
        string? type = line.Command.EndsWith("-CaProfile", StringComparison.OrdinalIgnoreCase) ? nameof(KeyType.RSA) : line["KeyType"];
        return Sizes.Where(size => type is null || string.Equals(size.Type.ToString(), type, StringComparison.OrdinalIgnoreCase))
            .Select(size => (size.Size, size.ToolTip));
    }
}
