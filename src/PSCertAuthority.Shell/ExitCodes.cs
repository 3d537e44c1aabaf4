namespace PSCertAuthority.Shell;

/// <summary>The exit codes this program gives of itself; a script's <c>exit N</c> gives N.</summary>
/// <remarks>The values are those of pwsh where it has one, otherwise those of BSD's sysexits.h.</remarks>
internal static class ExitCodes
{
    /// <summary>The script ran to its end.</summary>
    public const int Success = 0;

    /// <summary>An uncaught terminating error, or a <c>-Command</c> whose last statement failed.</summary>
    public const int ScriptFailed = 1;

    /// <summary>Bad command line, or a script file that is not there.</summary>
    public const int Usage = 64;

    /// <summary>The module is not there or cannot be imported.</summary>
    public const int ModuleUnavailable = 69;

    /// <summary>A fault of this program.</summary>
    public const int Internal = 70;

    /// <summary>Stopped with Ctrl+C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
