using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Another account than the one that runs the tests; only root can give files to it and work as it.</summary>
internal static class OtherAccount
{
    public const uint Nobody = 65534;

    /// <summary>An account that no file of the system is of.</summary>
    public const uint Third = 54321;

    public static bool IsAvailable => OperatingSystem.IsLinux() && EffectiveUser() == 0;

    /// <summary>Gives files and directories to an account; of a link, the link itself.</summary>
    public static void Own(uint user, params string[] paths)
    {
        foreach (string path in paths)
            Assert.Equal(0, ChangeOwner(path, user, user));
    }

    /// <summary>Gives a file or directory of root to a group.</summary>
    public static int Group(string path, uint group) => ChangeOwner(path, 0, group);

    public static void Mode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    public static string ModeOf(string path) => OperatingSystem.IsWindows() ? string.Empty : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>Runs something as an account; the ids of a thread are its own where the system is asked directly.</summary>
    public static Exception? RunAs(uint user, Action work)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            bool arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
            Assert.Equal(0, SystemCall(arm ? 149 : 119, (int)user, (int)user, (int)user));
            Assert.Equal(0, SystemCall(arm ? 147 : 117, (int)user, (int)user, (int)user));
            thrown = Record.Exception(work);
        });
        thread.Start();
        thread.Join();
        return thrown;
    }

#pragma warning disable SYSLIB1054, CA2101 // Generated code would have to be unsafe; the paths are marshalled as UTF-8.
    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "lchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int HardLink([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SystemCall(nint number, nint first, nint second, nint third);
#pragma warning restore SYSLIB1054, CA2101
}
