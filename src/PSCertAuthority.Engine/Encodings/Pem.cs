using System;
using System.Collections.Generic;
using System.Text;

namespace PSCertAuthority.Encodings;

/// <summary>Textual encodings of PKIX, PKCS and CMS structures (RFC 7468).</summary>
internal static class Pem
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const int LineLength = 64;

    /// <summary>Line by line into its place: a CRL may have fifty megabytes.</summary>
    public static byte[] Encode(string label, byte[] content)
    {
        const int octetsInLine = LineLength / 4 * 3;
        byte[] head = Encoding.ASCII.GetBytes(Begin + label + Dashes + "\n");
        byte[] foot = Encoding.ASCII.GetBytes(End + label + Dashes + "\n");
        int lines = (content.Length + octetsInLine - 1) / octetsInLine;
        var pem = new byte[head.Length + ((content.Length + 2) / 3 * 4) + lines + foot.Length];
        head.CopyTo(pem, 0);
        int position = head.Length;
        var line = new char[LineLength];
        for (int i = 0; i < content.Length; i += octetsInLine)
        {
            int digits = Convert.ToBase64CharArray(content, i, Math.Min(octetsInLine, content.Length - i), line, 0);
            position += Encoding.ASCII.GetBytes(line, 0, digits, pem, position);
            pem[position++] = (byte)'\n';
        }

        foot.CopyTo(pem, position);
        return pem;
    }

    public static string EncodeText(string label, byte[] content) => Encoding.ASCII.GetString(Encode(label, content));

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
