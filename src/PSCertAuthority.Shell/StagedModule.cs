using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace PSCertAuthority.Shell;

/// <summary>Finds the module to import.</summary>
internal static class StagedModule
{
    /// <summary>The environment variable that names the module where <c>-ModulePath</c> does not.</summary>
    public const string EnvironmentVariable = "PSCA_MODULE";

    /// <summary>Looks at <c>-ModulePath</c>, then the environment, then where the build staged the module.</summary>
    /// <param name="givenPath">The <c>-ModulePath</c>, or null.</param>
    /// <returns>The full path of an existing folder or file.</returns>
    /// <exception cref="ModuleUnavailableException">The first place that is named has nothing.</exception>
    public static string Locate(string? givenPath)
    {
        (string? path, string source) = givenPath is not null
            ? (givenPath, "named by -ModulePath")
            : Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } variable
                ? (variable, $"named by the environment variable {EnvironmentVariable}")
                : (BuildTimePath(), "where the build stages it; build the project PSCertAuthority");

        if (string.IsNullOrEmpty(path))
        {
            throw new ModuleUnavailableException(
                $"No module is known. Name it with -ModulePath or the environment variable {EnvironmentVariable}.");
        }

        string fullPath = Path.GetFullPath(path);
        return Path.Exists(fullPath)
            ? fullPath
            : throw new ModuleUnavailableException($"The module is not at '{fullPath}' ({source}).");
    }

    private static string? BuildTimePath() => typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "StagedModulePath")?.Value;
}
