using System;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Where the store is when nobody, or somebody, says so.</summary>
public static class StoreLocation
{
    /// <summary>The environment variable that names the store.</summary>
    public const string Variable = "PSCA_STORE";

    private static readonly StringComparison PathComparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The full path: the explicit one, else that of the environment, else the account's own.</summary>
    /// <exception cref="CaStoreException"><c>StoreLocationUnknown</c>: the account has no directory for data.</exception>
    public static string Resolve(string? explicitPath) => Resolve(explicitPath, Environment.GetEnvironmentVariable);

    /// <summary>Whether two full paths are of the same file, whatever links lead to it.</summary>
    internal static bool AreSame(string one, string other) =>
        string.Equals(one, other, PathComparison) || string.Equals(FollowLinks(one), FollowLinks(other), PathComparison);

    /// <summary>The full path: the explicit one, else <c>PSCA_STORE</c>, else <c>PSCertAuthority/ca.db</c> among the user's data.</summary>
    /// <exception cref="CaStoreException"><c>StoreLocationUnknown</c>: the account has no directory for data.</exception>
    internal static string Resolve(string? explicitPath, Func<string, string?> getEnvironmentVariable) => Resolve(
        explicitPath,
        getEnvironmentVariable,
        () => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <inheritdoc cref="Resolve(string, Func{string, string})"/>
    internal static string Resolve(string? explicitPath, Func<string, string?> getEnvironmentVariable, Func<string> getUserData)
    {
        if (!string.IsNullOrEmpty(explicitPath)) return Path.GetFullPath(explicitPath);
        string? named = getEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named)) return Path.GetFullPath(named);

        // The XDG specification has relative paths ignored.
        string? data = getEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(data) || !Path.IsPathRooted(data))
        {
            data = getUserData();
        }

        if (string.IsNullOrEmpty(data)) throw StoreErrors.LocationUnknown();
        return Path.Combine(data, "PSCertAuthority", "ca.db");
    }

    /// <summary>The path with the links of its folders followed too.</summary>
    private static string FollowLinks(string path)
    {
#if NET
        try
        {
            string full = Path.GetFullPath(path);
            string followed = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            return Path.GetDirectoryName(followed) is { } folder ? Path.Combine(FollowFolder(folder), Path.GetFileName(followed)) : followed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be followed is reported when it is opened.
        }
#endif
        return Path.GetFullPath(path);
    }

#if NET
    private static string FollowFolder(string folder)
    {
        if (Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target)
            return FollowFolder(target.FullName);
        return Path.GetDirectoryName(folder) is { } above ? Path.Combine(FollowFolder(above), Path.GetFileName(folder)) : folder;
    }
#endif
}
