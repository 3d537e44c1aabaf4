using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Standard input: a terminal that can be asked, or redirected lines.</summary>
internal sealed class ConsoleInput
{
    private readonly bool _nonInteractive;
    private readonly CancellationToken _interrupted;

    /// <summary>Describes the input.</summary>
    /// <param name="nonInteractive">Whether nobody is to be asked even at a terminal.</param>
    /// <param name="interrupted">Cancelled at Ctrl+C.</param>
    public ConsoleInput(bool nonInteractive, CancellationToken interrupted)
    {
        _nonInteractive = nonInteractive;
        _interrupted = interrupted;
    }

    /// <summary>Makes sure, before a question is shown, that somebody can answer, and stops the terminal's own echo.</summary>
    /// <remarks>The runtime stops it at the first read; what is typed between the question and the read would be shown.</remarks>
    /// <exception cref="PromptingException">Input is redirected, or <c>-NonInteractive</c> was given.</exception>
    public void RequireTerminal()
    {
        if (_nonInteractive || Console.IsInputRedirected)
        {
            throw NotPossible("a question cannot be asked, because the session is not interactive or input is redirected");
        }

        _ = Console.KeyAvailable; // looking for a key stops the echo
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The line without its end.</returns>
    /// <exception cref="PromptingException">There is no more input, or <c>-NonInteractive</c> was given.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public string ReadLine() => Wait(Console.ReadLine) ?? throw NotPossible("input has ended");

    /// <summary>Reads a secret: masked at a terminal, a plain line where input is redirected.</summary>
    /// <param name="echo">Writes the mask to the terminal.</param>
    /// <returns>The secret, read-only.</returns>
    /// <exception cref="PromptingException">There is no more input, or <c>-NonInteractive</c> was given.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public SecureString ReadSecret(Action<string> echo)
    {
        SecureString secret = Console.IsInputRedirected
            ? Secret(ReadLine())
            : Wait(() => MaskedLine.Read(ReadKey, echo)) ?? throw NotPossible("input has ended");
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Reads a key without showing it.</summary>
    /// <returns>The key.</returns>
    /// <exception cref="PromptingException">Input is no terminal, or <c>-NonInteractive</c> was given.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public ConsoleKeyInfo ReadOneKey()
    {
        RequireTerminal();
        return Wait(ReadKey);
    }

    private static ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (char character in text)
        {
            secret.AppendChar(character);
        }

        return secret;
    }

    private static PromptingException NotPossible(string why) => new(
        $"A prompt is not possible: {why}. Give the value as a parameter, or -Confirm:$false to go on without being asked.",
        null,
        "PromptNotPossible",
        ErrorCategory.ResourceUnavailable);

    private T Wait<T>(Func<T> read)
    {
        if (_nonInteractive)
        {
            throw NotPossible("the session is not interactive");
        }

        if (StandardInput.IsClosed)
        {
            throw NotPossible("standard input is closed");
        }

        return InterruptibleRead.Wait(read, _interrupted);
    }
}
