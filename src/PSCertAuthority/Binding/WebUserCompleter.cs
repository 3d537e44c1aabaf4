using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Web;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of users of the web interface; the tool tip says what each may do, and how it stands.</summary>
public sealed class WebUserCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) =>
        engine.WebUsers.List().Where(user => Begins(user.Name, word)).Select(user => Result(user.Name, ToolTip(user)));

    private static string ToolTip(CaWebUser user)
    {
        string state = !user.Enabled ? "disabled"
            : user.LockedUntil is { } until ? string.Format(CultureInfo.CurrentCulture, "locked until {0:g}", until)
            : user.LastSignInAt is { } last ? string.Format(CultureInfo.CurrentCulture, "last signed in {0:g}", last) : "never signed in";
        return $"{user.Role}: {user.Role.Describe()} ({state})";
    }
}
