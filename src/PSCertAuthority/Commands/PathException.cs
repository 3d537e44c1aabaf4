using System;
using System.Text;

namespace PSCertAuthority.Commands;

/// <summary>A path names no file.</summary>
internal sealed class PathException : CaException
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private PathException(string errorId, CaErrorCategory category, string message, string path, Exception? cause = null)
        : base(errorId, category, message, path, cause)
    {
    }

    /// <summary>Refuses what no system takes for a path.</summary>
    public static void RequirePossible(string path)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(path) || path.IndexOf('\0') >= 0 || StrictUtf8.GetByteCount(path) == 0)
                throw Invalid(path);
        }
        catch (EncoderFallbackException)
        {
            throw Invalid(path);
        }
    }

    public static PathException NotFileSystem(string path, Exception? cause = null) => new(
        "NotFileSystemPath", CaErrorCategory.InvalidArgument, $"'{path}' is no path of the file system.", path, cause);

    private static PathException Invalid(string path) => new(
        "PathInvalid", CaErrorCategory.InvalidArgument, $"'{path}' cannot be a path: it is empty, or has characters that no file name has.", path);
}
