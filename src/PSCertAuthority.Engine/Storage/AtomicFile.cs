using System;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Output files that appear whole or not at all: written beside the place, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="CaStoreException"><c>FileExists</c>, <c>PathNotWritable</c> or <c>StoreDiskFull</c>.</exception>
    public static void Write(string path, byte[] content, bool overwrite)
    {
        RequireAbsent(path, overwrite);
        string temporary = TemporaryNameFor(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(content, 0, content.Length);
                stream.Flush(flushToDisk: true);
            }

            Rename(temporary, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw Translate(path, e);
        }
    }

    /// <summary>Refuses early what <see cref="Write"/> would refuse.</summary>
    /// <exception cref="CaStoreException"><c>FileExists</c>.</exception>
    public static void RequireAbsent(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
            throw StoreErrors.FileExists(path);
    }

    internal static string TemporaryNameFor(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    internal static void Rename(string from, string to, bool overwrite)
    {
#if NET
        File.Move(from, to, overwrite);
#else
        if (overwrite && File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
#endif
    }

    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }

    internal static CaStoreException Translate(string path, Exception e) =>
        StoreErrors.IsDiskFull(e) ? StoreErrors.DiskFull(path, e) : StoreErrors.PathNotWritable(path, e);
}
