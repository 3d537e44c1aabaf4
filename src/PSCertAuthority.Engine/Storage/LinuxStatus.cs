#if NET
using System;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSCertAuthority.Storage;

/// <summary>statx(2), whose structure is the same on every processor.</summary>
internal static class LinuxStatus
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;

    /// <summary>The status of what has the name, which ends with NUL; gives 0 or the error of the system.</summary>
    public static int OfPath(byte[] name, out FileStatus status)
    {
        var buffer = new byte[256];
        int error = StatX(CurrentDirectory, name, NoFollow, BasicFields, buffer) == 0 ? 0 : Marshal.GetLastWin32Error();
        status = Read(buffer);
        return error;
    }

    /// <summary>The status of an open file; gives 0 or the error of the system.</summary>
    public static int OfHandle(SafeFileHandle handle, out FileStatus status)
    {
        var buffer = new byte[256];
        int error = StatX(handle, [0], EmptyPath, BasicFields, buffer) == 0 ? 0 : Marshal.GetLastWin32Error();
        status = Read(buffer);
        return error;
    }

    /// <summary>Whether a path has an access list (POSIX.1e) beside its mode; the bits of the group are those of the whole list then.</summary>
    public static bool HasAccessList(string path) =>
        OperatingSystem.IsLinux() && GetAttribute(Encoding.UTF8.GetBytes(path + "\0"), Encoding.UTF8.GetBytes("system.posix_acl_access\0"), null, 0) > 0;

    private static FileStatus Read(byte[] buffer) => new(
        Mode: BitConverter.ToUInt16(buffer, 28),
        Owner: BitConverter.ToUInt32(buffer, 20),
        Group: BitConverter.ToUInt32(buffer, 24),
        Links: BitConverter.ToUInt32(buffer, 16),
        Device: ((ulong)BitConverter.ToUInt32(buffer, 136) << 32) | BitConverter.ToUInt32(buffer, 140),
        Inode: BitConverter.ToUInt64(buffer, 32));

#pragma warning disable SYSLIB1054 // Generated code would have to be unsafe.
    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(SafeFileHandle file, byte[] path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "lgetxattr", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetAttribute(byte[] path, byte[] name, byte[]? value, nint size);
#pragma warning restore SYSLIB1054
}
#endif
