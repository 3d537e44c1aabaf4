using System;
using System.Management.Automation;

namespace PSCertAuthority.Commands;

/// <summary>What the user wants to see or to be asked before something is done: on the command line, else in the session.</summary>
internal static class Preference
{
    /// <summary>Whether nothing is done, and only told.</summary>
    public static bool IsWhatIf(PSCmdlet command) => LanguagePrimitives.IsTrue(Of(command, "WhatIf", "WhatIfPreference"));

    /// <summary>Whether the first error ends the command.</summary>
    public static bool StopsAtErrors(PSCmdlet command) =>
        string.Equals(Of(command, "ErrorAction", "ErrorActionPreference")?.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the user is asked; all commands have the impact of PowerShell's default.</summary>
    public static bool IsConfirm(PSCmdlet command)
    {
        if (command.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given))
            return LanguagePrimitives.IsTrue(given);
        return LanguagePrimitives.TryConvertTo(command.GetVariableValue("ConfirmPreference"), out ConfirmImpact impact) && impact is not ConfirmImpact.None and <= ConfirmImpact.Medium;
    }

    private static object? Of(PSCmdlet command, string parameter, string variable) =>
        command.MyInvocation.BoundParameters.TryGetValue(parameter, out object? given) ? given : command.GetVariableValue(variable);
}
