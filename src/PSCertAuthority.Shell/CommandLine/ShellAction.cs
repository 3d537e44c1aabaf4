namespace PSCertAuthority.Shell.CommandLine;

/// <summary>What the command line asks for.</summary>
internal enum ShellAction
{
    /// <summary>Print the usage.</summary>
    Help,

    /// <summary>Print the versions of the shell and of its engine.</summary>
    Version,

    /// <summary>Run a script file.</summary>
    File,

    /// <summary>Run a command text.</summary>
    Command,

    /// <summary>Run the command text that stands on standard input.</summary>
    CommandFromInput,
}
