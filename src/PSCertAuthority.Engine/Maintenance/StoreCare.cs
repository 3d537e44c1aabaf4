using System;
using System.Security;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Tests, backs up and restores a store.</summary>
public sealed class StoreCare
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal StoreCare(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Reads everything in the store, and verifies every signature, index, key file and the chain of audit records. It changes nothing.</summary>
    /// <param name="report">Is told how far the work is, on the calling thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="CaException">There is no store, it is locked, or the file is something else. A damaged store is no exception but a finding.</exception>
    public CaStoreTestResult Test(Action<StoreProgress>? report = null, CancellationToken cancellation = default)
    {
        _store.RequireExisting();
        using var inspection = new StoreInspection(_store, report ?? Ignore, cancellation);
        return inspection.Run();
    }

    /// <summary>Writes a backup of the store as it is at one moment, while others go on to work with it.</summary>
    /// <param name="path">The full path of the backup, which its owner alone may read.</param>
    /// <param name="password">Has the private keys put in, sealed with it; null leaves them out.</param>
    /// <param name="overwrite">Whether a file there may be replaced.</param>
    /// <param name="report">Is told how far the work is, on the calling thread.</param>
    /// <param name="cancellation">Ends the work, and leaves nothing.</param>
    /// <exception cref="CaException">There is no store, or the backup cannot be written.</exception>
    public CaBackup Backup(
        string path, SecureString? password, bool overwrite, Action<StoreProgress>? report = null, CancellationToken cancellation = default) =>
        new StoreBackup(_store, _clock, report ?? Ignore, cancellation).Write(path, password, overwrite);

    /// <summary>Puts the store of a backup in the place of this one. CRL numbers go on far ahead, so that none is used twice.</summary>
    /// <param name="path">The full path of the backup.</param>
    /// <param name="password">Opens the private keys in it.</param>
    /// <param name="withKeys">Whether the private keys in it are wanted.</param>
    /// <param name="overwrite">Whether a store that is there may be replaced; it is kept beside the new one.</param>
    /// <param name="report">Is told how far the work is, on the calling thread.</param>
    /// <param name="cancellation">Ends the work; before the last step nothing has changed.</param>
    /// <returns>The full path of the store that was replaced; null where there was none.</returns>
    /// <exception cref="CaException">The backup is none, damaged or newer, its password wrong, or a store is in the way; nothing has changed.</exception>
    public string? Restore(
        string path, SecureString? password, bool withKeys, bool overwrite, Action<StoreProgress>? report = null, CancellationToken cancellation = default) =>
        new StoreRestore(_store, _clock, report ?? Ignore, cancellation).Run(path, password, withKeys, overwrite);

    private static void Ignore(StoreProgress progress)
    {
    }
}
