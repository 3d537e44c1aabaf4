using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSCertAuthority.Shell.CommandLine;
using PSCertAuthority.Shell.Hosting;

namespace PSCertAuthority.Shell.Session;

/// <summary>A runspace with the module imported, in which one script or command runs.</summary>
internal sealed class ShellSession : IDisposable
{
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
        string? text = TextOf(options);
        using Pipeline pipeline = text is null
            ? ScriptPipeline.OfFile(_runspace, options.Subject, options.Arguments)
            : ScriptPipeline.OfText(_runspace, text);
        bool failed = !TryInvokeShown(pipeline, out RuntimeException? error);
        if (_interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        if (error is not null)
        {
            Report(ErrorReport.RecordOf(error, text));
        }

        if (_host.ExitCode is int code)
        {
            return code;
        }

        return failed || (text is not null && !LastStatementSucceeded())
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

    // Null where it is a script file.
    private string? TextOf(ShellOptions options) => options.Action switch
    {
        ShellAction.Command => options.Subject,
        ShellAction.CommandFromInput => InterruptibleRead.Wait(ScriptPipeline.ReadText, _interruption.Token),
        _ => null,
    };

    private void Import(string modulePath)
    {
        using Pipeline pipeline = _runspace.CreatePipeline();
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", modulePath);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        pipeline.Commands.Add(import);
        if (!TryInvokeShown(pipeline, out RuntimeException? error) && error is not null)
        {
            throw new ModuleUnavailableException(
                $"The module at '{modulePath}' cannot be imported: {error.ErrorRecord.Exception.Message}", error);
        }
    }

    private void Report(ErrorRecord record)
    {
        using Pipeline pipeline = ErrorReport.Prepare(_runspace, record);
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

    private bool TryInvokeShown(Pipeline pipeline, out RuntimeException? error)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        pipeline.Input.Close();
        return TryInvoke(pipeline, out error);
    }

    private bool TryInvoke(Pipeline pipeline, out RuntimeException? error)
    {
        error = null;
        if (!_interruption.TryWatch(pipeline))
        {
            return false;
        }

        try
        {
            pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (InvalidPipelineStateException) when (_interruption.Token.IsCancellationRequested)
        {
            return false; // stopped between being watched and being started
        }
        catch (RuntimeException exception)
        {
            error = exception;
            return false;
        }
        finally
        {
            _interruption.Unwatch();
            _host.ClearProgress();
        }
    }
}
