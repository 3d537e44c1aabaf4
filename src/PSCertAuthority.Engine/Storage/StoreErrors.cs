using System;
using System.Globalization;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>The one place where the store's errors get their ids and words.</summary>
internal static class StoreErrors
{
    public static CaStoreException Missing(string path) => new(
        "StoreMissing", CaErrorCategory.ObjectNotFound,
        $"There is no store '{path}'. Name another one with -StorePath. New-CaAuthority, Import-CaAuthority and Restore-CaStore make one.", path, null);

    public static CaStoreException Empty(string path) => new(
        "StoreEmpty", CaErrorCategory.InvalidData,
        $"The store '{path}' is an empty file of 0 bytes, as a full disk or a broken copy leaves it. It was not changed. Restore it with Restore-CaStore -Force; if it never held anything, delete it.",
        path, null);

    public static CaStoreException LockWaitInvalid(TimeSpan given) => new(
        "LockWaitInvalid", CaErrorCategory.InvalidArgument, $"A store cannot be waited for {given}. Give a -LockWait from zero to one day, such as 30s or 5min.", given, null);

    public static CaStoreException Locked(string path, StoreHolder? holder, TimeSpan waited) => new(
        "StoreLocked", CaErrorCategory.ResourceBusy,
        string.Format(
            CultureInfo.InvariantCulture,
            "The store '{0}' is in use by {1}. Waited {2:0.#} s for it. Try again when that has ended.",
            path, holder?.ToString() ?? "another program", waited.TotalSeconds),
        path, null) { ConcernsStore = true };

    public static CaStoreException SchemaNewer(string path, int found, int supported) => new(
        "StoreSchemaNewer", CaErrorCategory.InvalidData,
        $"The store '{path}' has schema version {found}; this version of PSCertAuthority knows versions up to {supported}. "
            + "Update the module on this machine.",
        path, null) { ConcernsStore = true };

    public static CaStoreException Invalid(string path, string why, Exception? cause = null) => new(
        "StoreInvalid", CaErrorCategory.InvalidData,
        $"'{path}' is not a PSCertAuthority store: {why}. It was not changed. Name another file with -StorePath.", path, cause) { ConcernsStore = true };

    public static CaStoreException Damaged(string path, Exception? cause, string? why = null) => new(
        "StoreDamaged", CaErrorCategory.InvalidData,
        $"The store '{path}' is damaged: {why ?? cause?.Message}. Nothing was changed. Restore it from a backup with Restore-CaStore.",
        path, cause);

    public static CaStoreException NotWritable(string path, Exception? cause) => new(
        "StoreNotWritable", CaErrorCategory.PermissionDenied,
        $"The store '{path}' cannot be opened for writing: {cause?.Message} Check the path and the rights of its directory.",
        path, cause) { ConcernsStore = true };

    public static CaStoreException NotReadable(string path, Exception? cause) => new(
        "StoreNotReadable", CaErrorCategory.PermissionDenied,
        $"The store '{path}' cannot be read: {cause?.Message} Run this as the account that the store is of, or give this account rights to the file and its directory.",
        path, cause) { ConcernsStore = true };

    public static CaStoreException LockNotWritable(string path, string lockFile, Exception cause) => new(
        "StoreNotWritable", CaErrorCategory.PermissionDenied,
        $"The store '{path}' cannot be used, because its lock file '{lockFile}' cannot be written: {cause.Message} Reading needs the lock file too: give this account the right to write in the directory.",
        path, cause) { ConcernsStore = true };

    public static CaStoreException DiskFull(string path, Exception cause) => new(
        "StoreDiskFull", CaErrorCategory.WriteError,
        $"There is no space left for the store '{path}'. Nothing of this operation was kept. Make space and try again.",
        path, cause) { ConcernsStore = true };

    public static CaStoreException CompletionPending(string path, Exception cause) => new(
        FileFailure.IsDiskFull(cause) ? "StoreDiskFull" : "WriteFailed", CaErrorCategory.WriteError,
        $"The change of the store '{path}' is recorded but could not be completed: {cause.Message} "
            + "It will be completed when the store is next used; look before you repeat the operation.",
        path, cause) { ConcernsStore = true };

    public static CaStoreException LocationUnknown() => new(
        "StoreLocationUnknown", CaErrorCategory.ObjectNotFound,
        "This account has no directory for application data. Name the store with -StorePath or the environment variable PSCA_STORE.",
        null, null);

    public static CaStoreException KeyFileExists(string path) => new(
        "KeyFileExists", CaErrorCategory.ResourceExists,
        $"The key file '{path}' exists already and was left as it is. Move it away or name another path.", path, null);

    public static CaStoreException FileExists(string path) => new(
        "FileExists", CaErrorCategory.ResourceExists, $"The file '{path}' exists already. Use -Force to replace it.", path, null);

    public static CaStoreException PathNotWritable(string path, Exception? cause) => new(
        "PathNotWritable", CaErrorCategory.PermissionDenied,
        $"'{path}' cannot be written: {cause?.Message} Check that the directory exists and may be written.", path, cause);

    public static CaStoreException WriteFailed(string path, Exception cause) => new(
        "WriteFailed", CaErrorCategory.WriteError, $"Writing '{path}' failed: {cause.Message} Look at the disk, then try again.", path, cause);

    public static CaStoreException AuthorityNameExists(string name) => new(
        "AuthorityNameExists", CaErrorCategory.ResourceExists,
        $"An authority named '{name}' exists already; names differ by more than case. Choose another name.", name, null);

    public static CaStoreException RecordExists(string what, Exception? cause) => new(
        "RecordExists", CaErrorCategory.ResourceExists, $"The store already has {what}. Nothing was changed. Test-CaStore tells whether the store is sound.", what, cause);

    public static CaStoreException RecordInvalid(string what, string why, Exception? cause) => new(
        "RecordInvalid", CaErrorCategory.InvalidArgument,
        $"The {what} cannot be stored, since it could not be read again: {why}. Nothing was changed. Correct what was given; where nothing is wrong with it, please report this.",
        what, cause);

    public static CaStoreException RecordNotFound(string what) => new(
        "RecordNotFound", CaErrorCategory.ObjectNotFound, $"The store has no {what}: another process may have removed it. Look again with Get-CaAuthority or Get-CaCertificate.", what, null);

    /// <summary>What a failed access to one of the store's own files means.</summary>
    public static CaStoreException FromIo(string path, Exception cause) => cause switch
    {
        _ when FileFailure.IsDiskFull(cause) => DiskFull(path, cause),
        _ when FileFailure.IsSharingViolation(cause) => Locked(path, null, TimeSpan.Zero),
        UnauthorizedAccessException or DirectoryNotFoundException => NotWritable(path, cause),
        _ when FileFailure.IsUnwritablePath(cause) => NotWritable(path, cause),
        _ => new("WriteFailed", CaErrorCategory.WriteError, WriteFailed(path, cause).Message, path, cause) { ConcernsStore = true },
    };

    /// <summary>What a failed write to any other file means.</summary>
    public static CaStoreException FromFile(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException or NotSupportedException
            => PathNotWritable(path, cause),
        _ when FileFailure.IsUnwritablePath(cause) => PathNotWritable(path, cause),
        _ => WriteFailed(path, cause),
    };
}
