using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Stores that the account may not read, or whose directory it may not write.</summary>
public sealed class RightsTests : IDisposable
{
    private const uint Nobody = 65534;

    // Directly below the directory for temporary files, which everybody may enter.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "psca-rights-" + Guid.NewGuid().ToString("N")));

    private string Store => Path.Combine(_folder.FullName, "ca.db");

    [Theory]
    [InlineData("000", "StoreNotReadable", "cannot be read")]
    [InlineData("555", "StoreNotWritable", "Reading needs the lock file too")]
    public void A_directory_without_rights_is_told_as_such(string mode, string errorId, string said)
    {
        if (!OperatingSystem.IsLinux())
            return;
        new CaStore(Store).Write(_ => true);
        File.Delete(Store + ".lock");
        File.SetUnixFileMode(Store, (UnixFileMode)Convert.ToInt32("644", 8));
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)Convert.ToInt32(mode, 8));
        CaException error = Assert.IsAssignableFrom<CaException>(AsNobody(() =>
        {
            var engine = new CaEngine(Store);
            engine.RequireStore();
            engine.Authorities.List();
        }));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(Store, error.Message);
        Assert.Contains(said, error.Message);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)Convert.ToInt32("700", 8));
        _folder.Delete(recursive: true);
    }

    /// <summary>The rights of a thread are its own on Linux; where the tests run without root's, this changes nothing and is not needed.</summary>
    private static Exception? AsNobody(Action work)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody);
            thrown = Record.Exception(work);
        });
        thread.Start();
        thread.Join();
        return thrown;
    }

#pragma warning disable SYSLIB1054 // Generated code would have to be unsafe.
    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
#pragma warning restore SYSLIB1054
}
