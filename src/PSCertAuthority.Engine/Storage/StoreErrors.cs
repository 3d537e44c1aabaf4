using System;
using System.Globalization;

namespace PSCertAuthority.Storage;

/// <summary>Every failure of the store and of files, each with its id.</summary>
internal static class StoreErrors
{
    public static CaStoreException Locked(string path, string holder, TimeSpan wait) => new(
        "StoreLocked", CaErrorCategory.ResourceBusy,
        $"The store '{path}' was held by {holder} for longer than the wait of {wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s. "
        + "Try again, or look what that process is doing.", path);

    public static CaStoreException SchemaNewer(string path, int found, int supported) => new(
        "StoreSchemaNewer", CaErrorCategory.InvalidData,
        $"The store '{path}' has schema version {found}; this module knows {supported} at most. Update the module.", path);

    public static CaStoreException Invalid(string path) => new(
        "StoreInvalid", CaErrorCategory.InvalidData,
        $"'{path}' is no store of PSCertAuthority. It was left as it is. Choose another -StorePath.", path);

    public static CaStoreException Damaged(string path, Exception cause) => new(
        "StoreDamaged", CaErrorCategory.InvalidData,
        $"The store '{path}' is damaged: {cause.Message} Restore it from a backup.", path, cause);

    public static CaStoreException NotWritable(string path, Exception cause) => new(
        "StoreNotWritable", CaErrorCategory.WriteError,
        $"The store '{path}' cannot be written: {cause.Message}", path, cause);

    public static CaStoreException DiskFull(string path, Exception cause) => new(
        "StoreDiskFull", CaErrorCategory.WriteError,
        $"The disk of '{path}' is full. Nothing was changed. Free some room and try again.", path, cause);

    public static CaStoreException LocationUnknown() => new(
        "StorePathMissing", CaErrorCategory.InvalidArgument,
        "There is no place for the store: this account has no data folder. Give -StorePath or set PSCA_STORE.", null);

    public static CaStoreException AuthorityNameExists(string name) => new(
        "AuthorityNameExists", CaErrorCategory.ResourceExists,
        $"There is an authority '{name}' already. Choose another name.", name);

    public static CaStoreException FileExists(string path) => new(
        "FileExists", CaErrorCategory.ResourceExists, $"There is a file '{path}' already. -Force replaces it.", path);

    public static CaStoreException KeyFileExists(string path) => new(
        "KeyFileExists", CaErrorCategory.ResourceExists,
        $"There is a file '{path}' already, perhaps a private key that is needed. Choose another path; -Force replaces it.", path);

    public static CaStoreException PathNotWritable(string path, Exception cause) => new(
        "PathNotWritable", CaErrorCategory.WriteError, $"'{path}' cannot be written: {cause.Message}", path, cause);

    /// <summary>ENOSPC and EDQUOT on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.</summary>
    public static bool IsDiskFull(Exception e)
    {
        const int windowsDiskFull = unchecked((int)0x80070070);
        const int windowsHandleDiskFull = unchecked((int)0x80070027);
        const int unixNoSpace = 28;
        const int unixQuota = 122;
        return e.HResult is windowsDiskFull or windowsHandleDiskFull or unixNoSpace or unixQuota
            || e.InnerException is { } inner && IsDiskFull(inner);
    }
}
