using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PSCertAuthority.HelpTests;

/// <summary>A runspace of the whole of PowerShell with the staged module imported, in a folder with a store of its own.</summary>
public sealed class HelpSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <summary>Opens a session in a folder that is there.</summary>
    public HelpSession(string folder)
    {
        Environment.SetEnvironmentVariable("PSCA_STORE", Path.Combine(folder, "ca.db"));
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule(Repository.ModulePath);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(folder);
    }

    /// <summary>Errors of the last script.</summary>
    public Collection<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>Begins a script, to be stopped.</summary>
    public PowerShell Begin(string script)
    {
        PowerShell shell = PowerShell.Create(_runspace).AddScript(script);
        shell.BeginInvoke();
        return shell;
    }

    /// <summary>Runs a script; an error that ends it is among <see cref="Errors"/> too.</summary>
    public Collection<PSObject> Invoke(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        Collection<PSObject> output = [];
        Errors = [];
        try
        {
            output = shell.AddScript(script).Invoke();
        }
        catch (RuntimeException e)
        {
            Errors.Add(e.ErrorRecord);
        }

        foreach (ErrorRecord error in shell.Streams.Error.Where(e => !Errors.Contains(e)))
            Errors.Add(error);
        return output;
    }

    /// <summary>Runs a script that must not write an error.</summary>
    public Collection<PSObject> Run(string script)
    {
        Collection<PSObject> output = Invoke(script);
        return Errors.Count == 0 ? output : throw new InvalidOperationException(Describe(Errors));
    }

    /// <summary>Errors as a reader of the test's report wants them.</summary>
    public static string Describe(Collection<ErrorRecord> errors) =>
        string.Join("\n", errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.Exception.Message} ({e.InvocationInfo?.Line.Trim()})"));

    public void Dispose() => _runspace.Dispose();
}
