using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSCertAuthority.Shell.CommandLine;
using PSCertAuthority.Shell.Hosting;

namespace PSCertAuthority.Shell.Session;

/// <summary>A runspace with the module imported, in which one script or command runs.</summary>
internal sealed class ShellSession : IDisposable
{
    private const string WriteErrorScript =
        "[CmdletBinding()] param($Record) $ErrorActionPreference = 'Continue'; $PSCmdlet.WriteError($Record)";

    private readonly Interruption _interruption = new();
    private readonly ShellHost _host;
    private readonly Runspace _runspace;

    /// <summary>Opens the runspace.</summary>
    /// <param name="nonInteractive">Whether questions are refused even at a terminal.</param>
    public ShellSession(bool nonInteractive)
    {
        _host = new ShellHost(nonInteractive, _interruption.Token);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
    }

    /// <summary>Imports the module and runs what the command line names.</summary>
    /// <param name="options">A command line that names a file or a command.</param>
    /// <param name="modulePath">The full path of the module.</param>
    /// <returns>The exit code of the process.</returns>
    /// <exception cref="ModuleUnavailableException">The module cannot be imported.</exception>
    public int Run(ShellOptions options, string modulePath)
    {
        Import(modulePath);
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add(CommandFor(options));
        if (options.Action == ShellAction.File)
        {
            ScriptExit.PassOnNext(_runspace);
        }

        bool failed = !TryInvoke(pipeline, out RuntimeException? error);
        if (_interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        if (error is not null)
        {
            Report(error.ErrorRecord);
        }

        if (_host.ExitCode is int code)
        {
            return code;
        }

        return failed || (options.Action != ShellAction.File && !LastStatementSucceeded())
            ? ExitCodes.ScriptFailed
            : ExitCodes.Success;
    }

    /// <summary>Closes the runspace.</summary>
    public void Dispose()
    {
        _runspace.Dispose();
        _host.Dispose();
        _interruption.Dispose();
    }

    private static Command CommandFor(ShellOptions options)
    {
        if (options.Action != ShellAction.File)
        {
            string text = options.Action == ShellAction.Command ? options.Subject : ReadInput();
            return new Command(text, isScript: true, useLocalScope: false);
        }

        var command = new Command(options.Subject, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArguments.Parse(options.Arguments))
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static string ReadInput()
    {
        using var reader = new StreamReader(Console.OpenStandardInput());
        return reader.ReadToEnd();
    }

    private void Import(string modulePath)
    {
        using Pipeline pipeline = _runspace.CreatePipeline();
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", modulePath);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        pipeline.Commands.Add(import);
        if (!TryInvoke(pipeline, out RuntimeException? error) && error is not null)
        {
            throw new ModuleUnavailableException($"The module at '{modulePath}' cannot be imported: {error.Message}", error);
        }
    }

    private void Report(ErrorRecord record)
    {
        using Pipeline pipeline = _runspace.CreatePipeline();
        var writeError = new Command(WriteErrorScript, isScript: true, useLocalScope: true);
        writeError.Parameters.Add("Record", record);
        pipeline.Commands.Add(writeError);
        if (!TryInvoke(pipeline, out _))
        {
            _host.UI.WriteErrorLine(record.ToString());
        }
    }

    private bool LastStatementSucceeded()
    {
        using Pipeline pipeline = _runspace.CreatePipeline("$global:?");
        return LanguagePrimitives.IsTrue(pipeline.Invoke()[0]);
    }

    private bool TryInvoke(Pipeline pipeline, out RuntimeException? error)
    {
        error = null;
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        _interruption.Watch(pipeline);
        try
        {
            pipeline.Input.Close();
            pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            error = exception;
            return false;
        }
        finally
        {
            _interruption.Watch(null);
            _host.ClearProgress();
        }
    }
}
