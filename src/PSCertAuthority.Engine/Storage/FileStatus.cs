#if NET
using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSCertAuthority.Storage;

/// <summary>What a Unix file system says of a file: its type and mode, whose it is, how many names it has, and which file it is.</summary>
internal readonly record struct FileStatus(uint Mode, uint Owner, uint Group, uint Links, ulong Device, ulong Inode)
{
    private const uint TypeMask = 0xF000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    /// <summary>Of a directory: only the owner of a file in it may rename or delete that file.</summary>
    public bool IsSticky => (Mode & 0x200) != 0;

    /// <summary>The mode as chmod takes it, such as 0644.</summary>
    public string Permissions => "0" + Convert.ToString((int)(Mode & 0xFFF), 8).PadLeft(3, '0');

    /// <summary>Asks about a path without following a link at its end; null where nothing has that name.</summary>
    /// <exception cref="UnauthorizedAccessException">A directory above it may not be entered.</exception>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static FileStatus? Of(string path)
    {
        const int noEntry = 2, notDirectory = 20;
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        int error = OperatingSystem.IsMacOS() ? MacStatus.OfPath(name, out FileStatus status) : LinuxStatus.OfPath(name, out status);
        return error switch
        {
            0 => status,
            noEntry or notDirectory => null,
            _ => throw Failure(path, error),
        };
    }

    /// <summary>Asks about an open file.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static FileStatus Of(FileStream file)
    {
        SafeFileHandle handle = file.SafeFileHandle;
        int error = OperatingSystem.IsMacOS() ? MacStatus.OfHandle(handle, out FileStatus status) : LinuxStatus.OfHandle(handle, out status);
        return error == 0 ? status : throw Failure(file.Name, error);
    }

    /// <summary>Whether both are of the very same file, whatever has become of its mode.</summary>
    public bool IsSameFile(FileStatus other) => Device == other.Device && Inode == other.Inode;

    private static Exception Failure(string path, int error)
    {
        const int notPermitted = 1, accessDenied = 13;
        return error is notPermitted or accessDenied
            ? new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
            : new IOException($"The system does not tell whose file '{path}' is (error {error}).", error);
    }
}
#endif
