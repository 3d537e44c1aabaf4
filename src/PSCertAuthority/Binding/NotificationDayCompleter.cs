using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Completes the days of the setting NotificationDays.</summary>
public sealed class NotificationDayCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) =>
        (engine.Settings.Get("NotificationDays").Value as int[] ?? [])
            .Select(day => day.ToString(CultureInfo.InvariantCulture))
            .Where(day => Begins(day, word))
            .Select(day => Result(day, $"notices that are due {day} days before the end"));
}
