using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PSCertAuthority.Storage;

/// <summary>Tells what an exception of the file system means, by the platform's own error number.</summary>
internal static class FileFailure
{
    private static readonly bool Windows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Whether it is one of those that file operations throw.</summary>
    public static bool IsIo(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>ENOSPC, EDQUOT, ERROR_DISK_FULL or ERROR_HANDLE_DISK_FULL.</summary>
    public static bool IsDiskFull(Exception exception) => exception is IOException && (Windows
        ? (exception.HResult & 0xFFFF) is 112 or 39
        : exception.HResult is 28 or 122 or 69);

    /// <summary>Another handle excludes ours: EAGAIN (11 on Linux, 35 on macOS), or a sharing or lock violation.</summary>
    public static bool IsSharingViolation(Exception exception) => exception is IOException && (Windows
        ? (exception.HResult & 0xFFFF) is 32 or 33
        : exception.HResult is 11 or 35);

    /// <summary>ENOTDIR, EISDIR, EROFS, ENAMETOOLONG, or Windows' write protection and bad names.</summary>
    public static bool IsUnwritablePath(Exception exception) => exception is IOException && (Windows
        ? (exception.HResult & 0xFFFF) is 19 or 123 or 267
        : exception.HResult is 20 or 21 or 30 or 36);
}
