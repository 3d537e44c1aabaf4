using System;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Where the store is, when nobody says so.</summary>
public static class StoreLocation
{
    /// <summary>The environment variable that names a store.</summary>
    public const string EnvironmentVariable = "PSCA_STORE";

    /// <summary>
    /// What was given, else the environment variable PSCA_STORE, else <c>PSCertAuthority/ca.db</c> in the account's data folder:
    /// <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c> on Linux, <c>%LOCALAPPDATA%</c> on Windows.
    /// </summary>
    /// <exception cref="CaStoreException"><c>StorePathMissing</c>: the account has no data folder.</exception>
    public static string Resolve(string? given)
    {
        string? path = string.IsNullOrWhiteSpace(given) ? Environment.GetEnvironmentVariable(EnvironmentVariable) : given;
        if (!string.IsNullOrWhiteSpace(path))
            return Path.GetFullPath(path!);
        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0 ? Path.Combine(folder, "PSCertAuthority", "ca.db") : throw StoreErrors.LocationUnknown();
    }
}
