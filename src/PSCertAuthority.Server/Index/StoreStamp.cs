using System;
using System.IO;

namespace PSCertAuthority.Server.Index;

/// <summary>Whether a store's file has been written to or replaced, told from its times and length: that costs microseconds, and no lock.</summary>
internal sealed class StoreStamp(string path, TimeProvider clock)
{
    // Two writes within a tick of the file system's clock bear the same time: a young file is looked into once more.
    private static readonly TimeSpan Young = TimeSpan.FromMilliseconds(500);

    private (DateTime Written, DateTime Created, long Length) _seen;
    private bool _isDoubtful = true;

    public bool HasChanged() => _isDoubtful || Read() != _seen;

    /// <summary>Remembers how the file is now; called before it is read.</summary>
    public void Take()
    {
        _seen = Read();
        _isDoubtful = clock.GetUtcNow().UtcDateTime - _seen.Written < Young;
    }

    /// <summary>What was taken could not be read: it is looked into again, also where the file stays as it is.</summary>
    public void Forget() => _isDoubtful = true;

    private (DateTime Written, DateTime Created, long Length) Read()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length) : default;
    }
}
