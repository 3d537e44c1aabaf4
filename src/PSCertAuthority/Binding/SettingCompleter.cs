using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of settings.</summary>
public sealed class SettingCompleter : WordCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line) =>
        SettingService.Descriptions.Select(setting => (setting.Key, setting.Value));
}
