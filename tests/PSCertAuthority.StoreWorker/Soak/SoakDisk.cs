using System;
using System.Diagnostics;
using System.IO;

namespace PSCertAuthority.Soak;

/// <summary>A small disk in memory that can be filled, and made read-only; where mounting is not allowed, only the folder.</summary>
internal sealed class SoakDisk : IDisposable
{
    private readonly string _path;
    private readonly string _ballast;

    public SoakDisk(string path, int megabytes)
    {
        _path = path;
        _ballast = Path.Combine(path, "ballast");
        Directory.CreateDirectory(path);
        IsOwn = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
    }

    /// <summary>Whether it is a disk of its own.</summary>
    public bool IsOwn { get; }

    /// <summary>Fills it but for a little, while others may take of it too.</summary>
    public void Fill(long left)
    {
        // Unbuffered: what the disk refuses must not be tried again at the end.
        using var ballast = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        byte[] some = new byte[1 << 20];
        try
        {
            for (long free = Free; free > left; free = Free)
                ballast.Write(some, 0, (int)Math.Min(some.Length, free - left));
        }
        catch (IOException)
        {
            // Somebody else took the rest: it is full.
        }
    }

    private long Free => new DriveInfo(_path).AvailableFreeSpace;

    public void Empty() => File.Delete(_ballast);

    /// <summary>False where it could not be done.</summary>
    public bool MakeReadOnly(bool readOnly) => Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", _path);

    public void Dispose()
    {
        if (IsOwn)
            Run("umount", "-l", _path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
