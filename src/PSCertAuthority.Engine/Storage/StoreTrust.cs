using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>
/// Whether the files of a store can have been made and changed by this account and the administrator alone. What others may have written is neither
/// followed nor completed, as git (safe.directory) and OpenSSH (StrictModes) have it.
/// </summary>
internal static class StoreTrust
{
    /// <summary>Refuses a store whose directory or files are not trusted.</summary>
    /// <exception cref="CaStoreException"><c>StoreNotTrusted</c>, or it cannot be looked at.</exception>
    public static StoreOwner Require(StorePaths paths, UnitKind kind)
    {
        try
        {
            if (FaultsOf(paths).FirstOrDefault() is { } fault) throw StoreErrors.NotTrusted(paths.Database, fault);
            if (OtherOwner(paths) is not { } owner) return StoreOwner.This;
            // Without a lock file, root would have to make one, which the account of the store could not open.
            bool isReadable = kind == UnitKind.Read && File.Exists(paths.Lock);
            return isReadable ? StoreOwner.Another : throw StoreErrors.NotTrusted(paths.Database, OfAnother(paths, owner));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw kind == UnitKind.Read ? StoreErrors.NotReadable(paths.Database, exception) : StoreErrors.NotWritable(paths.Database, exception);
        }
        catch (IOException exception)
        {
            throw StoreErrors.FromIo(paths.Database, exception);
        }
    }

    /// <summary>What keeps a store from being trusted; its keys are looked at when they are used.</summary>
    public static IEnumerable<TrustFault> FaultsOf(StorePaths paths)
    {
        string directory = Path.GetDirectoryName(paths.Database)!;
        string[] files = [paths.Database, paths.Lock, paths.Journal];
        return Each([() => OfDirectory(directory, paths.Given), .. files.Select(file => (Func<TrustFault?>)(() => OfFile(file)))]);
    }

    /// <summary>What keeps a key file and its directory from being trusted.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="store">The full path of the store; root reads the keys of whom its directory belongs to.</param>
    public static IEnumerable<TrustFault> FaultsOfKey(string path, string store) =>
        Each([() => OfKeyDirectory(Path.GetDirectoryName(path)!, store), () => OfKey(path, store)]);

    /// <summary>What keeps a directory of keys, or of anything else that nobody else may read, from being trusted.</summary>
    /// <inheritdoc cref="FaultsOfKey" path="/param"/>
    public static TrustFault? OfKeyDirectory(string path, string store)
    {
#if NET
        if (!OperatingSystem.IsWindows()) return RuleOf(store).OfKeyDirectory(path);
#endif
        return WindowsTrust.OfKeyDirectory(path);
    }

    /// <summary>What keeps a file from being trusted; a directory is left to who opens it.</summary>
    public static TrustFault? OfFile(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows()) return UnixTrust.In(Path.GetDirectoryName(path)!).OfFile(path);
#endif
        return WindowsTrust.OfFile(path);
    }

    /// <summary>Refuses to use a private key that others may have put there.</summary>
    /// <inheritdoc cref="FaultsOfKey" path="/param"/>
    /// <exception cref="CaStoreException"><c>StoreNotTrusted</c>.</exception>
    public static void RequireKey(string path, string store)
    {
        try
        {
            RequireNone(store, FaultsOfKey(path, store));
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // What cannot be looked at cannot be read either, which is the error of whoever tries to.
        }
    }

    /// <summary>Refuses a directory of private keys that others may read or change.</summary>
    /// <exception cref="CaStoreException"><c>StoreNotTrusted</c>.</exception>
    public static void RequireKeyDirectory(string path, string store) => StoreAccess.Guard(path, () => RequireNone(store, Each([() => OfKeyDirectory(path, store)])));

    /// <summary>The error for what root would have to change in the store of another account before it could read.</summary>
    public static CaStoreException NeedsOwner(StorePaths paths) => StoreErrors.NotTrusted(paths.Database, OfAnother(paths, OtherOwner(paths) ?? 0));

    private static TrustFault? OfKey(string path, string store)
    {
#if NET
        if (!OperatingSystem.IsWindows()) return RuleOf(store).OfFile(path);
#endif
        return WindowsTrust.OfFile(path);
    }

#if NET
    private static UnixTrust RuleOf(string store) => UnixTrust.In(Path.GetDirectoryName(store)!);
#endif

    private static TrustFault? OfDirectory(string path, string given)
    {
#if NET
        if (!OperatingSystem.IsWindows()) return UnixTrust.In(path).OfWayTo(path) ?? UnixTrust.In(path).OfWayTo(given);
#endif
        return WindowsTrust.OfDirectory(path);
    }

    private static void RequireNone(string store, IEnumerable<TrustFault> faults)
    {
        if (faults.FirstOrDefault() is { } fault) throw StoreErrors.NotTrusted(store, fault);
    }

    private static IEnumerable<TrustFault> Each(IEnumerable<Func<TrustFault?>> checks) => checks.Select(check => check()).OfType<TrustFault>();

    /// <summary>The account that a store is of where that is neither this one nor root; only root gets as far.</summary>
    private static uint? OtherOwner(StorePaths paths)
    {
#if NET
        if (!OperatingSystem.IsWindows()) return UnixTrust.In(Path.GetDirectoryName(paths.Database)!).Other;
#endif
        return null;
    }

    private static TrustFault OfAnother(StorePaths paths, uint owner)
    {
        string account = string.Empty, name = string.Empty;
#if NET
        (account, name) = (FileAccounts.Describe(owner), FileAccounts.NameOrNumber(owner));
#endif
        return new(
            Path.GetDirectoryName(paths.Database)!, $"belongs to {account}, and this needs to change something there, which root does not do",
            $"Run this as that account: runuser -u {name} -- pwsh");
    }
}
