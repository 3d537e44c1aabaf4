using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PSCertAuthority.ModuleTests;

/// <summary>A runspace of the real engine with the staged module imported, and a store of its own.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession()
    {
        Folder = Directory.CreateTempSubdirectory("psca-").FullName;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("folder", Folder);
        _runspace.SessionStateProxy.Path.SetLocation(Folder);
        Run($"Import-Module '{ModulePath}' -ErrorAction Stop");
        Run("$PSDefaultParameterValues['*-Ca*:StorePath'] = \"$folder/ca.db\"");
    }

    public static string ModulePath { get; } = typeof(ModuleSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "StagedModulePath").Value!;

    public string Folder { get; }

    public Collection<ErrorRecord> Errors { get; private set; } = [];

    public Collection<string> Warnings { get; private set; } = [];

    public Collection<string> Verbose { get; private set; } = [];

    /// <summary>Runs a script; what it wrote to the other streams can be asked afterwards.</summary>
    public Collection<PSObject> Invoke(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        Collection<PSObject> output = shell.AddScript(script).Invoke();
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(w => w.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(v => v.Message)];
        return output;
    }

    /// <summary>Runs a script that must not write an error.</summary>
    public Collection<PSObject> Run(string script)
    {
        Collection<PSObject> output = Invoke(script);
        if (Errors.Count > 0)
            throw new InvalidOperationException($"{script}: {string.Join("; ", Errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.Exception.Message}"))}");
        return output;
    }

    /// <summary>Runs a script that must write one error, and returns its id without the cmdlet's name.</summary>
    public string ErrorIdOf(string script)
    {
        Invoke(script);
        return Errors.Single().FullyQualifiedErrorId.Split(',')[0];
    }

    /// <summary>What the completer offers at the end of a line.</summary>
    public string[] Complete(string line) => [.. CompleteWithToolTips(line).Select(match => match.ListItemText)];

    /// <summary>What the completer offers at the end of a line, with what it says of each.</summary>
    public CompletionResult[] CompleteWithToolTips(string line)
    {
        using var shell = PowerShell.Create(_runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches];
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
