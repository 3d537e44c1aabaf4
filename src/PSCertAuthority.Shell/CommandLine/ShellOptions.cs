using System.Collections.Generic;

namespace PSCertAuthority.Shell.CommandLine;

/// <summary>A command line that has been read.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Subject">The script's full path or the command text; empty for the other actions.</param>
/// <param name="Arguments">What stands behind a script file.</param>
/// <param name="ModulePath">The <c>-ModulePath</c> given, or null.</param>
/// <param name="NonInteractive">Whether questions are refused even at a terminal.</param>
internal sealed record ShellOptions(
    ShellAction Action,
    string Subject,
    IReadOnlyList<string> Arguments,
    string? ModulePath,
    bool NonInteractive);
