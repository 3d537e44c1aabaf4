using System;
using System.IO;
using System.Text;

namespace PSCertAuthority.Imports;

/// <summary>Reads files that others made.</summary>
internal static class ForeignFile
{
    private const int LargestCertificate = 1 << 24;

    // A list of everything that an authority issued grows with it; this is some hundred thousand certificates.
    private const int LargestText = 1 << 29;

    /// <summary>A file with a certificate, a key or a number.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="what">What it should hold, for errors.</param>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c> or <c>ImportFileUnreadable</c>.</exception>
    public static byte[] Read(string path, string what) => Read(path, what, LargestCertificate);

    /// <summary>A text: UTF-8, or what its byte order mark says, which Windows PowerShell puts before redirected output.</summary>
    /// <inheritdoc cref="Read(string, string)" path="/param|/exception"/>
    public static string ReadText(string path, string what)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path, what, LargestText), writable: false), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static byte[] Read(string path, string what, int largest)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true } file && file.Length > largest)
                throw new IOException($"It is larger than {largest >> 20} MiB.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ImportErrors.FileMissing(path, what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ImportErrors.FileUnreadable(path, e);
        }
    }
}
