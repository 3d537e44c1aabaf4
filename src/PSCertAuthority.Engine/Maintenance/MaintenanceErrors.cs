using System;

namespace PSCertAuthority.Maintenance;

/// <summary>Every failure of store care, each with its id.</summary>
internal static class MaintenanceErrors
{
    public static CaMaintenanceException BackupInvalid(string path, string why, Exception? cause = null) => new(
        "BackupInvalid", CaErrorCategory.InvalidData, $"'{path}' is no backup that can be restored: {why}. Nothing was changed. Give a file that Backup-CaStore wrote.", path, cause);

    public static CaMaintenanceException BackupNewer(string path) => new(
        "BackupNewer", CaErrorCategory.InvalidData, $"The backup '{path}' was made by a newer version of PSCertAuthority. Update the module on this machine.", path, null);

    public static CaMaintenanceException BackupUnreadable(string path, Exception cause) => new(
        "BackupUnreadable", CaErrorCategory.ReadError, $"The backup '{path}' cannot be read: {cause.Message}", path, cause);

    public static CaMaintenanceException BackupPasswordWrong(string path, Exception cause) => new(
        "BackupPasswordWrong", CaErrorCategory.PermissionDenied, $"The password does not open the keys in the backup '{path}', or they were changed. Nothing was changed here. Give the password that the backup was made with, or restore without the keys: -NoKey.", path, cause);

    public static CaMaintenanceException BackupPasswordRequired(string path) => new(
        "BackupPasswordRequired", CaErrorCategory.PermissionDenied,
        $"The backup '{path}' has the keys in it, sealed. Give their -Password, or restore without them: -NoKey.", path, null);

    public static CaMaintenanceException StoreExists(string path) => new(
        "StoreExists", CaErrorCategory.ResourceExists, $"There is a store '{path}' already. -Force replaces it, and keeps the old one beside it.", path, null);
}
