using System;
using System.IO;

namespace PSCertAuthority.Encodings;

/// <summary>
/// Reads files that users name. Only regular files are opened, so that a pipe does not keep anybody waiting, and only as much is read as such a file may
/// have, so that a device without end does not fill the memory.
/// </summary>
internal static class InputFile
{
    /// <summary>For certificates, requests, keys and profiles.</summary>
    public const int LargestObject = 1 << 24;

    /// <summary>For CRLs and lists of what an authority issued, which grow with it; this is some hundred thousand certificates.</summary>
    public const int LargestList = 1 << 29;

    /// <summary>All of a file.</summary>
    /// <param name="path">The full path; links are followed.</param>
    /// <param name="largest">How many bytes it may have.</param>
    /// <exception cref="IOException">It is missing, no regular file, empty or too large, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, int largest)
    {
        using FileStream file = Open(path);
        if (file.Length > largest)
            throw new IOException($"It is larger than {largest >> 20} MiB.");
        var content = new byte[file.Length];
        int done = 0;
        for (int read; done < content.Length && (read = file.Read(content, done, content.Length - done)) > 0;)
            done += read;
        Array.Resize(ref content, done);
        return content;
    }

    /// <summary>Opens a regular file that is not empty.</summary>
    /// <inheritdoc cref="Read" path="/param[@name='path']|/exception"/>
    public static FileStream Open(string path) => IsEmpty(path)
        ? throw new IOException("It is empty, or no regular file.")
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Whether nothing can be read: pipes, sockets and devices have no length either, and opening a pipe waits for who writes into it.</summary>
    /// <inheritdoc cref="Read" path="/param[@name='path']"/>
    /// <exception cref="IOException">It is missing, or a directory.</exception>
    public static bool IsEmpty(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("It is a directory.");
        string target = path;
#if NET
        target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
#endif
        return new FileInfo(target).Length == 0;
    }
}
