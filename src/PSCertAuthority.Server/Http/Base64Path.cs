using System;
using System.Buffers.Text;
using System.Text;

namespace PSCertAuthority.Server.Http;

/// <summary>The request in the address of a GET: base64, and then percent-encoded (RFC 6960, appendix A.1).</summary>
internal static class Base64Path
{
    /// <summary>The bytes; null for what is no base64. Clients that leave slash, plus or padding as they are, or out, or break lines, are understood too.</summary>
    public static byte[]? TryDecode(string path)
    {
        if (path.Length is 0 or > RequestHandler.MaximumRequest)
            return null;
        string text = path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;
        text = text.ReplaceLineEndings(string.Empty).TrimEnd('=').Replace(' ', '+').Replace('+', '-').Replace('/', '_');
        if (text.Length % 4 == 1)
            return null;
        byte[] ascii = Encoding.Latin1.GetBytes(text);
        var octets = new byte[Base64Url.GetMaxDecodedLength(ascii.Length)];
        return Base64Url.DecodeFromUtf8(ascii, octets, out int consumed, out int written) == System.Buffers.OperationStatus.Done && consumed == ascii.Length
            ? octets[..written]
            : null;
    }
}
