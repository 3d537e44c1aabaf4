using System;
using System.IO;

namespace PSCertAuthority.Shell.CommandLine;

/// <summary>Reads the command line: the options first, then a script and its arguments or a command text.</summary>
internal sealed class ShellOptionsParser
{
    private readonly string[] _args;
    private int _next;
    private string? _modulePath;
    private bool _nonInteractive;

    private ShellOptionsParser(string[] args) => _args = args;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>What it asks for.</returns>
    /// <exception cref="UsageException">It cannot be followed.</exception>
    public static ShellOptions Parse(string[] args) => new ShellOptionsParser(args).Parse();

    private ShellOptions Parse()
    {
        while (_next < _args.Length)
        {
            string arg = _args[_next++];
            switch (arg.ToLowerInvariant())
            {
                case "-h" or "-?" or "-help" or "--help":
                    return Done(ShellAction.Help, string.Empty);
                case "-v" or "-version" or "--version":
                    return Done(ShellAction.Version, string.Empty);
                case "-c" or "-command":
                    return ReadCommand(arg);
                case "-f" or "-file":
                    return ReadFile(ValueOf(arg));
                case "-modulepath":
                    _modulePath = ValueOf(arg);
                    break;
                case "-noninteractive" or "-noni":
                    _nonInteractive = true;
                    break;

                // So that a command line written for pwsh works: no profile, no logo, and no policy that forbids scripts.
                case "-noprofile" or "-nop" or "-nologo" or "-nol":
                    break;
                case "-executionpolicy" or "-ex" or "-ep":
                    ValueOf(arg);
                    break;
                default:
                    return ReadFile(arg);
            }
        }

        throw new UsageException("Name a script file or give -Command.");
    }

    private ShellOptions ReadCommand(string option)
    {
        string text = ValueOf(option);
        if (text == "-")
        {
            return _next == _args.Length
                ? Done(ShellAction.CommandFromInput, string.Empty)
                : throw new UsageException("'-Command -' reads the command from standard input; nothing may follow it.");
        }

        if (_next < _args.Length)
        {
            text = text + " " + string.Join(' ', _args[_next..]);
        }

        return Done(ShellAction.Command, text);
    }

    private ShellOptions ReadFile(string path)
    {
        if (path.Length == 0)
        {
            throw new UsageException("The name of the script file is empty.");
        }

        string fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            throw new UsageException(path.StartsWith('-')
                ? $"The option '{path}' is not known."
                : $"The script file '{path}' does not exist.");
        }

        if (!Path.GetExtension(fullPath).Equals(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"The file '{path}' is not a script, whose name would end in '.ps1'.");
        }

        return Done(ShellAction.File, fullPath) with { Arguments = _args[_next..] };
    }

    private string ValueOf(string option) =>
        _next < _args.Length ? _args[_next++] : throw new UsageException($"The option '{option}' needs a value.");

    private ShellOptions Done(ShellAction action, string subject) => new(action, subject, [], _modulePath, _nonInteractive);
}
