using System;
using System.IO;

namespace PSCertAuthority.Server.Index;

/// <summary>Whether a store's file has been written to, told from its time and length: that costs microseconds, and no lock.</summary>
internal sealed class StoreStamp(string path, TimeProvider clock)
{
    // Two writes within a tick of the file system's clock bear the same time: a young file is looked into once more.
    private static readonly TimeSpan Young = TimeSpan.FromMilliseconds(500);

    private (DateTime Written, long Length) _seen;
    private bool _wasYoung = true;

    public bool HasChanged() => _wasYoung || Read() != _seen;

    /// <summary>Remembers how the file is now; called before it is read.</summary>
    public void Take()
    {
        _seen = Read();
        _wasYoung = clock.GetUtcNow().UtcDateTime - _seen.Written < Young;
    }

    private (DateTime Written, long Length) Read()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
