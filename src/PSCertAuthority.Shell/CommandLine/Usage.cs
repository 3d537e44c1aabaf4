using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PSCertAuthority.Shell.CommandLine;

/// <summary>The texts of <c>-Help</c> and <c>-Version</c>.</summary>
internal static class Usage
{
    /// <summary>How to call the program.</summary>
    public const string Text = """
        Runs PowerShell scripts with the module PSCertAuthority imported, on a machine without pwsh.

        PSCertAuthority.Shell [options] FILE.ps1 [arguments]
        PSCertAuthority.Shell [options] -File FILE.ps1 [arguments]
        PSCertAuthority.Shell [options] -Command TEXT    ('-' reads the text from standard input)
        PSCertAuthority.Shell -Version | -Help

        Options, before FILE.ps1 or -Command:
          -ModulePath PATH   the module to import; otherwise the environment's PSCA_MODULE, otherwise the one built
          -NonInteractive    refuse questions instead of asking them
          -NoProfile, -NoLogo, -ExecutionPolicy NAME   read and ignored, for command lines written for pwsh

        Exit codes: 0 success; N for 'exit N'; 1 uncaught error, or the last statement of -Command failed;
        64 bad usage or no such script; 69 module missing or not importable; 70 fault of the shell; 130 Ctrl+C.
        """;

    /// <summary>The version of this program and that of the PowerShell engine in it.</summary>
    /// <returns>One line.</returns>
    public static string VersionText() =>
        $"PSCertAuthority.Shell {VersionOf(typeof(Usage).Assembly)} (PowerShell engine {VersionOf(typeof(Runspace).Assembly)})";

    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return version.Split('+', ' ')[0];
    }
}
