#if NET
using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSCertAuthority.Storage;

/// <summary>lstat(2) and fstat(2) of macOS with numbers of 64 bits, which on Intel have names of their own.</summary>
internal static class MacStatus
{
    private static readonly bool Intel = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <inheritdoc cref="LinuxStatus.OfPath"/>
    public static int OfPath(byte[] name, out FileStatus status)
    {
        var buffer = new byte[256];
        int error = (Intel ? StatusOnIntel(name, buffer) : Status(name, buffer)) == 0 ? 0 : Marshal.GetLastWin32Error();
        status = Read(buffer);
        return error;
    }

    /// <inheritdoc cref="LinuxStatus.OfHandle"/>
    public static int OfHandle(SafeFileHandle handle, out FileStatus status)
    {
        var buffer = new byte[256];
        int error = (Intel ? StatusOnIntel(handle, buffer) : Status(handle, buffer)) == 0 ? 0 : Marshal.GetLastWin32Error();
        status = Read(buffer);
        return error;
    }

    private static FileStatus Read(byte[] buffer) => new(
        Mode: BitConverter.ToUInt16(buffer, 4),
        Owner: BitConverter.ToUInt32(buffer, 16),
        Group: BitConverter.ToUInt32(buffer, 20),
        Links: BitConverter.ToUInt16(buffer, 6),
        Device: BitConverter.ToUInt32(buffer, 0),
        Inode: BitConverter.ToUInt64(buffer, 8));

#pragma warning disable SYSLIB1054 // Generated code would have to be unsafe.
    [DllImport("libc", EntryPoint = "lstat", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(byte[] path, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "fstat", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(SafeFileHandle file, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "lstat$INODE64", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOnIntel(byte[] path, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "fstat$INODE64", ExactSpelling = true, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOnIntel(SafeFileHandle file, [Out] byte[] buffer);
#pragma warning restore SYSLIB1054
}
#endif
