using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Hosting;

/// <summary>Finds the program that runs programs of .NET.</summary>
internal static class DotNetHost
{
    private static readonly string[] UsualFolders = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", "/opt/dotnet"];
    private static readonly string Name = Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <summary>Its full path.</summary>
    /// <exception cref="CaServerException"><c>DotNetMissing</c>.</exception>
    public static string Find(Func<string, string?> environment, ServerErrors errors) => Find(environment, File.Exists, errors);

    /// <summary>Its full path, on a machine that has the files that <paramref name="exists"/> says.</summary>
    /// <exception cref="CaServerException"><c>DotNetMissing</c>.</exception>
    internal static string Find(Func<string, string?> environment, Func<string, bool> exists, ServerErrors errors) =>
        Folders(environment).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(exists)
        ?? throw errors.DotNetMissing();

    private static IEnumerable<string> Folders(Func<string, string?> environment)
    {
        yield return environment("DOTNET_ROOT") ?? string.Empty;
        foreach (string folder in (environment("PATH") ?? string.Empty).Split(Path.PathSeparator))
            yield return folder.Trim('"');
        if (Path.DirectorySeparatorChar == '\\')
        {
            yield return Path.Combine(environment("ProgramFiles") ?? string.Empty, "dotnet");
            yield break;
        }

        foreach (string usual in UsualFolders)
            yield return usual;
    }
}
