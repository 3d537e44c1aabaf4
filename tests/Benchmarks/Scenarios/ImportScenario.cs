using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSCertAuthority.ModuleTests;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>Import-Module in a new runspace of a running engine. The first one of the process also loads the assemblies.</summary>
internal sealed class ImportScenario : Scenario
{
    public override string Title => "Import-Module into a running engine";

    public override IReadOnlyList<Contender> Contenders { get; } = [new("the first in the process, then again", "ms", Import)];

    private static double Import()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("Get-Command Get-Module | Out-Null").Invoke();
        var watch = Stopwatch.StartNew();
        shell.Commands.Clear();
        shell.AddScript($"Import-Module '{ModuleSession.ModulePath}' -ErrorAction Stop").Invoke();
        return watch.Elapsed.TotalMilliseconds;
    }
}
