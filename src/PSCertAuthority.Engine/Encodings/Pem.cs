using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace PSCertAuthority.Encodings;

/// <summary>Textual encodings of PKIX, PKCS and CMS structures (RFC 7468).</summary>
internal static class Pem
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const int LineLength = 64;

    public static byte[] Encode(string label, byte[] content) => Encode(label, new ArraySegment<byte>(content));

    public static byte[] Encode(string label, ArraySegment<byte> content)
    {
        var pem = new MemoryStream();
        Write(pem, label, content);
        return pem.ToArray();
    }

    public static string EncodeText(string label, byte[] content) => EncodeText(label, new ArraySegment<byte>(content));

    public static string EncodeText(string label, ArraySegment<byte> content) => Encoding.ASCII.GetString(Encode(label, content));

    /// <summary>Some lines at a time: a CRL may have fifty megabytes.</summary>
    public static void Write(Stream stream, string label, ArraySegment<byte> content)
    {
        const int octetsInLine = LineLength / 4 * 3;
        const int linesAtOnce = 256;
        var text = new char[linesAtOnce * (LineLength + 1)];
        var octets = new byte[text.Length];
        WriteText(stream, Begin + label + Dashes + "\n");
        for (int done = 0; done < content.Count;)
        {
            int length = 0;
            for (int line = 0; line < linesAtOnce && done < content.Count; line++, done += octetsInLine)
            {
                length += Convert.ToBase64CharArray(content.Array!, content.Offset + done, Math.Min(octetsInLine, content.Count - done), text, length);
                text[length++] = '\n';
            }

            stream.Write(octets, 0, Encoding.ASCII.GetBytes(text, 0, length, octets, 0));
        }

        WriteText(stream, End + label + Dashes + "\n");
    }

    /// <summary>All blocks of a text, in order; text around them is passed over, and so is a block whose base64 is broken.</summary>
    public static IReadOnlyList<PemBlock> Decode(byte[] bytes)
    {
        // Keys and certificates are ASCII; Latin-1 keeps whatever else stands in the file from being an error here.
        string text = Encoding.GetEncoding("iso-8859-1").GetString(bytes);
        var blocks = new List<PemBlock>();
        int position = 0;
        while ((position = text.IndexOf(Begin, position, StringComparison.Ordinal)) >= 0)
        {
            int labelStart = position + Begin.Length;
            int labelEnd = text.IndexOf(Dashes, labelStart, StringComparison.Ordinal);
            if (labelEnd < 0)
                break;
            string label = text.Substring(labelStart, labelEnd - labelStart);
            int bodyStart = labelEnd + Dashes.Length;
            int bodyEnd = text.IndexOf(End + label + Dashes, bodyStart, StringComparison.Ordinal);
            position = bodyStart;
            if (bodyEnd < 0)
                continue;
            if (TryDecodeBody(text.Substring(bodyStart, bodyEnd - bodyStart)) is { } content)
                blocks.Add(new PemBlock(label, content));
            position = bodyEnd;
        }

        return blocks;
    }

    private static void WriteText(Stream stream, string text)
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        stream.Write(octets, 0, octets.Length);
    }

    private static byte[]? TryDecodeBody(string body)
    {
        // The headers of RFC 1421 (Proc-Type, DEK-Info) end with an empty line; what follows is the content.
        if (body.IndexOf(':') >= 0)
            return [];
        try
        {
            return Convert.FromBase64String(body);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
