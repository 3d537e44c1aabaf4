#if NET
using System;
#endif
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Opens files of the store: never over a link, and never one that others may have made or can change.</summary>
internal static class TrustedFile
{
    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="CaStoreException"><c>StoreNotTrusted</c>.</exception>
    /// <exception cref="IOException">It is missing, or another handle excludes this one.</exception>
    public static FileStream Open(string path, FileAccess access, FileShare share)
    {
        if (StoreTrust.OfFile(path) is { } fault) throw StoreErrors.NotTrusted(path, fault);
#if NET
        FileStatus? before = OperatingSystem.IsWindows() ? null : FileStatus.Of(path);
#endif
        var stream = new FileStream(path, FileMode.Open, access, share, 1);
#if NET
        if (OperatingSystem.IsWindows() || (before is { } seen && FileStatus.Of(stream).IsSameFile(seen))) return stream;
        stream.Dispose();
        throw StoreErrors.NotTrusted(path, new(path, "was replaced by another file while it was opened", "Try again; if it happens again, look who writes in its directory."));
#else
        return stream;
#endif
    }

    /// <summary>Takes the rights of others from a file of this account, as earlier versions left them: whoever can read a file can lock it.</summary>
    public static void TakeRightsOfOthers(string path)
    {
#if NET
        const uint others = 0x3F;
        if (!OperatingSystem.IsWindows() && StoreTrust.OfFile(path) is null && FileStatus.Of(path) is { IsRegular: true } status
            && status.Owner == FileAccounts.Current && (status.Mode & others) != 0)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
#endif
    }
}
