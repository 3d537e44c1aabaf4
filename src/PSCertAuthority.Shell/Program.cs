using System;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Shell.CommandLine;
using PSCertAuthority.Shell.Session;

namespace PSCertAuthority.Shell;

/// <summary>Runs a PowerShell script or command with the module imported.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return Run(ShellOptionsParser.Parse(args));
        }
        catch (UsageException error)
        {
            return Fail(error.Message + " Try -Help.", ExitCodes.Usage);
        }
        catch (PipelineStoppedException)
        {
            return ExitCodes.Interrupted; // while the command text was awaited from standard input
        }
        catch (ModuleUnavailableException error)
        {
            return Fail(error.Message, ExitCodes.ModuleUnavailable);
        }
#pragma warning disable CA1031 // The edge of the program: a fault of ours is one line and a code of its own, not a stack trace.
        catch (Exception error)
        {
            return Fail($"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}", ExitCodes.Internal);
        }
#pragma warning restore CA1031
    }

    private static int Run(ShellOptions options)
    {
        switch (options.Action)
        {
            case ShellAction.Help:
                Console.Out.WriteLine(Usage.Text);
                return ExitCodes.Success;
            case ShellAction.Version:
                Console.Out.WriteLine(Usage.VersionText());
                return ExitCodes.Success;
            default:
                string module = StagedModule.Locate(options.ModulePath);
                using (var session = new ShellSession(options.NonInteractive || options.Action == ShellAction.CommandFromInput))
                {
                    return session.Run(options, module);
                }
        }
    }

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine("PSCertAuthority.Shell: " + message);
        return exitCode;
    }
}
