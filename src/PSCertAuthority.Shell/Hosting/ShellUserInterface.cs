using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Writes the streams to the console and asks at it.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private readonly ConsoleOutput _output;
    private readonly ConsoleInput _input;

    /// <summary>Joins the two ends of the console.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="input">Whom to ask.</param>
    public ShellUserInterface(ConsoleOutput output, ConsoleInput input)
    {
        _output = output;
        _input = input;
        RawUI = new ShellRawUserInterface(input);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => _output.Decorated;

    /// <inheritdoc/>
    public override void Write(string value) => _output.Write(value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        _output.Write(Coloured(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => _output.Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        _output.Write(Coloured(foregroundColor, backgroundColor, value) + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => _output.WriteError(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteStyled(FormatStyle.Warning, "WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteStyled(FormatStyle.Verbose, "VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteStyled(FormatStyle.Debug, "DEBUG: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _output.ClearProgress();
        }
        else
        {
            _output.ShowProgress(ProgressLine.Render(record, RawUI.WindowSize.Width - 1));
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => _input.ReadLine();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _input.ReadSecret(Write);

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        _input.RequireTerminal();
        WriteHeading(caption, message);
        return new FieldQuestion(this).Ask(descriptions);
    }

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _input.RequireTerminal();
        WriteHeading(caption, message);
        return new ChoiceQuestion(this, choices, defaultChoice).Ask();
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        _input.RequireTerminal();
        WriteHeading(caption, message);
        while (string.IsNullOrWhiteSpace(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine(Environment.NewLine + caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(message);
        }
    }

    private void WriteStyled(FormatStyle style, string text) =>
        WriteLine(_output.Decorated ? GetFormatStyleString(style) + text + PSStyle.Instance.Reset : text);

    private string Coloured(ConsoleColor foreground, ConsoleColor background, string value)
    {
        if (!_output.Decorated)
        {
            return value;
        }

        // Black is what RawUI gives for the background nobody has chosen; painting it would mar a light terminal.
        string paper = background == RawUI.BackgroundColor
            ? string.Empty
            : PSStyle.MapBackgroundColorToEscapeSequence(background);
        return PSStyle.MapForegroundColorToEscapeSequence(foreground) + paper + value + PSStyle.Instance.Reset;
    }
}
