using System;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PSCertAuthority.Shell.Session;

/// <summary>Makes <c>exit N</c> in a script file reach the host.</summary>
/// <remarks>
/// The engine turns <c>exit</c> in a file into <c>$LASTEXITCODE</c>, where it cannot be told from the code of a native command,
/// unless its context is told to pass it on. pwsh tells it so for <c>-File</c>; the switch is not public, and the
/// engine's version is locked, so it is set by reflection and the tests would see it go.
/// </remarks>
internal static class ScriptExit
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Has the next script file of a runspace pass its <c>exit</c> on to the host.</summary>
    /// <param name="runspace">An open local runspace.</param>
    /// <exception cref="MissingMemberException">Another version of the engine has no such switch.</exception>
    public static void PassOnNext(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Internal)?.GetValue(runspace)
            ?? throw new MissingMemberException(nameof(Runspace), "ExecutionContext");
        PropertyInfo passOn = context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Internal)
            ?? throw new MissingMemberException("ExecutionContext", "ScriptCommandProcessorShouldRethrowExit");
        passOn.SetValue(context, true);
    }
}
