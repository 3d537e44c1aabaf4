using System;
using System.IO;
using System.Text;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Imports;

/// <summary>Reads files that others made.</summary>
internal static class ForeignFile
{
    /// <summary>A file with a certificate, a key or a number.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="what">What it should hold, for errors.</param>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c> or <c>ImportFileUnreadable</c>.</exception>
    public static byte[] Read(string path, string what) => Read(path, what, InputFile.LargestObject);

    /// <summary>A text, which may be empty: UTF-8, or what its byte order mark says, which Windows PowerShell puts before redirected output.</summary>
    /// <inheritdoc cref="Read(string, string)" path="/param|/exception"/>
    public static string ReadText(string path, string what)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path, what, InputFile.LargestList, mayBeEmpty: true), writable: false), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A file that grows with what an authority revoked.</summary>
    /// <inheritdoc cref="Read(string, string)" path="/param|/exception"/>
    public static byte[] ReadList(string path, string what) => Read(path, what, InputFile.LargestList);

    private static byte[] Read(string path, string what, int largest, bool mayBeEmpty = false)
    {
        try
        {
            // The index of an authority that has issued nothing is empty.
            return mayBeEmpty && InputFile.IsEmpty(path) ? [] : InputFile.Read(path, largest);
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
