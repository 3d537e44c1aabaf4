using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>The host that scripts see as <c>$Host</c>: the console, no nested prompts, an exit code.</summary>
internal sealed class ShellHost : PSHost, IDisposable
{
    // 128 + SIGINT, or STATUS_CONTROL_C_EXIT.
    private static readonly int ProgramInterrupted = OperatingSystem.IsWindows() ? unchecked((int)0xC000013A) : ExitCodes.Interrupted;

    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(1);

    private readonly ShellUserInterface _ui;
    private readonly ConsoleOutput _output;

    /// <summary>Sets the console and <c>$PSStyle</c> up.</summary>
    /// <param name="nonInteractive">Whether questions are refused even at a terminal.</param>
    /// <param name="interrupted">Cancelled at Ctrl+C.</param>
    public ShellHost(bool nonInteractive, CancellationToken interrupted)
    {
        _output = new ConsoleOutput();
        if (!_output.Decorated)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        _ui = new ShellUserInterface(_output, new ConsoleInput(nonInteractive, interrupted));
    }

    /// <summary>The code of the script's <c>exit</c>, or null where it has not called it.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override string Name => "PSCertAuthority.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException("PSCertAuthority.Shell runs scripts only: it has no nested prompt to suspend to.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => _output.ClearProgress();

    /// <inheritdoc/>
    /// <remarks>Ctrl+C ends a program sooner than it stops the script here. The script waits for that, and does not go on to its next statement.</remarks>
    public override void NotifyEndApplication()
    {
        var waited = Stopwatch.StartNew();
        try
        {
            while (LastExitCode() == ProgramInterrupted && waited.Elapsed < InterruptPatience)
            {
                Thread.Sleep(1);
            }
        }
        catch (PipelineStoppedException)
        {
            // The script is being stopped, and ends with the program.
        }
    }

    /// <summary>Takes a line of progress that is still shown off the terminal.</summary>
    public void ClearProgress() => _output.ClearProgress();

    /// <summary>Leaves the terminal clean.</summary>
    public void Dispose() => ClearProgress();

    /// <exception cref="PipelineStoppedException">The script is being stopped.</exception>
    private static int? LastExitCode() => ScriptBlock.Create("$global:LASTEXITCODE").Invoke().FirstOrDefault()?.BaseObject as int?;
}
