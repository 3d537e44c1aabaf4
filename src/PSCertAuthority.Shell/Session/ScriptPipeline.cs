using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation.Runspaces;
using PSCertAuthority.Shell.CommandLine;
using PSCertAuthority.Shell.Hosting;

namespace PSCertAuthority.Shell.Session;

/// <summary>Prepares the pipelines of a script file and of a command text, up to their output.</summary>
internal static class ScriptPipeline
{
    /// <summary>Prepares a script file, whose <c>exit</c> is to reach the host.</summary>
    /// <param name="runspace">An open local runspace.</param>
    /// <param name="path">The full path of the script.</param>
    /// <param name="arguments">The words behind it on the command line.</param>
    /// <returns>A pipeline of one command; no other may be run before it.</returns>
    public static Pipeline OfFile(Runspace runspace, string path, IReadOnlyList<string> arguments)
    {
        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArguments.Parse(arguments))
        {
            command.Parameters.Add(parameter);
        }

        Pipeline pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        ScriptExit.PassOnNext(runspace);
        return pipeline;
    }

    /// <summary>Prepares a command text, which leaves <c>$?</c> behind.</summary>
    /// <param name="runspace">An open local runspace.</param>
    /// <param name="text">The text.</param>
    /// <returns>A pipeline of one command.</returns>
    /// <remarks>A pipeline that is not for the history puts <c>$?</c> back to what it was before.</remarks>
    public static Pipeline OfText(Runspace runspace, string text) => runspace.CreatePipeline(text, addToHistory: true);

    /// <summary>Reads the command text from standard input, to its end.</summary>
    /// <returns>The text.</returns>
    public static string ReadText()
    {
        if (StandardInput.IsClosed)
        {
            return string.Empty;
        }

        using var reader = new StreamReader(Console.OpenStandardInput());
        return reader.ReadToEnd();
    }
}
