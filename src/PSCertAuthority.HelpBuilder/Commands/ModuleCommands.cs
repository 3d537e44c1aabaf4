using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>The cmdlets of a module as a session has them.</summary>
internal static class ModuleCommands
{
    /// <summary>A page of facts for each cmdlet, by name.</summary>
    /// <param name="module">The full path of its manifest.</param>
    /// <param name="documentation">The comments on its classes.</param>
    public static IReadOnlyList<CommandPage> Read(string module, DocumentationFile documentation)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (System.OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("ErrorAction", ActionPreference.Stop).AddStatement()
            .AddCommand("Get-Command").AddParameter("Module", "PSCertAuthority").AddParameter("CommandType", CommandTypes.Cmdlet);
        return [.. shell.Invoke<CmdletInfo>().OrderBy(command => command.Name, System.StringComparer.Ordinal).Select(command => new CommandFacts(command, documentation).ToPage())];
    }
}
