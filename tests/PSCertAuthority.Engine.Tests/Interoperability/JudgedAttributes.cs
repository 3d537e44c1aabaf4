using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>A test that a program from outside judges: skipped where the program is missing, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgedFactAttribute : FactAttribute
{
    public JudgedFactAttribute(string program) => Skip = Judges.ReasonToSkip(program);
}

/// <summary>As <see cref="JudgedFactAttribute"/>, for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgedTheoryAttribute : TheoryAttribute
{
    public JudgedTheoryAttribute(string program) => Skip = Judges.ReasonToSkip(program);
}

internal static class Judges
{
    private const string DebianEasyRsa = "/usr/share/easy-rsa/easyrsa";

    /// <summary>Debian keeps it out of the path.</summary>
    public static string EasyRsa => File.Exists(DebianEasyRsa) ? DebianEasyRsa : "easyrsa";

    public static string? ReasonToSkip(string program) =>
        Environment.GetEnvironmentVariable("CI") == "true" || IsInstalled(program) ? null : $"{program} is not installed.";

    private static bool IsInstalled(string program) =>
        program == "easyrsa" && EasyRsa != program || File.Exists("/usr/sbin/" + program) || (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
