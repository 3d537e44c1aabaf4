using System.IO;
#if !NET
using System;
#endif
using System.Runtime.InteropServices;
#if NET
using System.Runtime.Versioning;
#endif
using System.Security.AccessControl;
using System.Security.Principal;

namespace PSCertAuthority.Storage;

/// <summary>Files and directories that only their owner may read, from the first octet on: mode 0600 and 0700, an ACL on Windows.</summary>
internal static class OwnerOnlyFile
{
    private const int BufferSize = 4096;

    /// <summary>Creates a new file; fails where there is one.</summary>
    public static FileStream Create(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return CreateOnWindows(path);
#if NET
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferSize,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
#else
        throw new PlatformNotSupportedException("On Linux this module needs PowerShell 7.4 or newer.");
#endif
    }

    /// <summary>Creates a directory, and those above it that are missing; leaves an existing one as it is.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            CreateDirectoryOnWindows(path);
#if NET
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#endif
    }

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static void CreateDirectoryOnWindows(string path)
    {
        var directory = new DirectoryInfo(path);
        directory.Create();
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(
            CurrentUser(), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
            PropagationFlags.None, AccessControlType.Allow));
        directory.SetAccessControl(security);
    }

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static FileStream CreateOnWindows(string path)
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(CurrentUser(), FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.Write | FileSystemRights.Read, FileShare.None, BufferSize, FileOptions.None, security);
    }

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static SecurityIdentifier CurrentUser()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }
}
