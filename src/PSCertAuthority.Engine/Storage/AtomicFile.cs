using System;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Writes files so that nobody ever sees half of one: beside the place, flushed to the disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>.</summary>
    /// <exception cref="CaStoreException"><c>FileExists</c>, <c>PathNotWritable</c> or <c>WriteFailed</c>.</exception>
    public static void Write(string path, byte[] content, bool overwrite) =>
        Write(path, stream => stream.Write(content, 0, content.Length), overwrite);

    /// <summary>The same for a file that nobody but its owner may read, from its first byte on.</summary>
    /// <remarks>It stays so where it replaces one that others may read, except in Windows PowerShell, whose rename keeps the rights of the old file.</remarks>
    /// <inheritdoc cref="Write(string, byte[], bool)" path="/exception"/>
    public static void WriteOwnerOnly(string path, byte[] content, bool overwrite) =>
        Write(path, stream => stream.Write(content, 0, content.Length), overwrite, OwnerOnlyFile.Create);

    /// <summary>Writes what <paramref name="content"/> puts into the stream; its own exceptions pass through, and leave nothing.</summary>
    /// <exception cref="CaStoreException"><c>FileExists</c>, <c>PathNotWritable</c> or <c>WriteFailed</c>.</exception>
    public static void Write(string path, Action<Stream> content, bool overwrite) => Write(
        path, content, overwrite, temporary => new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));

    /// <summary>The same for a file that nobody but its owner may read, from its first byte on; also where it replaces one that others may.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream}, bool)" path="/exception"/>
    public static void WriteOwnerOnly(string path, Action<Stream> content, bool overwrite) => Write(path, content, overwrite, OwnerOnlyFile.Create);

    private static void Write(string path, Action<Stream> content, bool overwrite, Func<string, FileStream> create)
    {
        if (Directory.Exists(path)) throw StoreErrors.PathNotWritable(path, new IOException("It is a directory."));
        RequireAbsent(path, overwrite);
        string temporary = TemporaryName(path);
        try
        {
            using (FileStream stream = create(temporary))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            Publish(temporary, path, overwrite);
        }
        catch (Exception exception)
        {
            DeleteIfThere(temporary);
            if (!FileFailure.IsIo(exception)) throw;
            if (!overwrite && File.Exists(path)) throw StoreErrors.FileExists(path);
            throw StoreErrors.FromFile(path, exception);
        }
    }

    /// <summary>Refuses early what <see cref="Write(string, byte[], bool)"/> would refuse.</summary>
    /// <exception cref="CaStoreException"><c>FileExists</c>.</exception>
    public static void RequireAbsent(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw StoreErrors.FileExists(path);
    }

    /// <summary>Makes the directory for files, and what is missing above it; one that exists is left as it is.</summary>
    /// <exception cref="CaStoreException"><c>PathNotWritable</c> or <c>WriteFailed</c>.</exception>
    public static void CreateDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            throw File.Exists(path) ? StoreErrors.PathNotWritable(path, exception) : StoreErrors.FromFile(path, exception);
        }
    }

    /// <summary>A name beside <paramref name="path"/> that nothing has.</summary>
    internal static string TemporaryName(string path) => path + "." + Guid.NewGuid().ToString("N") + ".tmp";

    /// <summary>Renames a finished file into its place.</summary>
    internal static void Publish(string temporary, string path, bool overwrite)
    {
#if NET
        File.Move(temporary, path, overwrite);
#else
        if (overwrite && File.Exists(path)) File.Replace(temporary, path, null);
        else File.Move(temporary, path);
#endif
    }

    /// <summary>Removes a file of ours.</summary>
    internal static void DeleteIfThere(string path)
    {
        // File.Exists first: File.Delete throws where the directory is missing.
        if (File.Exists(path)) File.Delete(path);
    }
}
