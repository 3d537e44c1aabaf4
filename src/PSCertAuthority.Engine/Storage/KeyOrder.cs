using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>The order of LiteDB's keys of octets.</summary>
internal sealed class KeyOrder : IComparer<byte[]>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(byte[]? x, byte[]? y) => StatusKey.Compare(x!, y!);
}
