using System;

namespace PSCertAuthority.Encodings;

/// <summary>What .NET Standard lacks for parts of arrays.</summary>
internal static class Octets
{
    /// <summary>A copy.</summary>
    public static byte[] ToOctets(this ArraySegment<byte> part)
    {
        var copy = new byte[part.Count];
        Buffer.BlockCopy(part.Array!, part.Offset, copy, 0, copy.Length);
        return copy;
    }
}
