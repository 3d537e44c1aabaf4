using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>Reads a range of a tree in parts that grow, so that no reader of LiteDB is open between them: several ranges can be read in turn.</summary>
internal static class KeyTreeParts
{
    private const int First = 128;
    private const int Largest = 8192;

    public static IEnumerable<KeyValuePair<byte[], byte[]>> InParts(this KeyTree tree, byte[] from, byte[] to, SortDirection direction)
    {
        for (int size = First; StatusKey.Compare(from, to) < 0; size = Math.Min(2 * size, Largest))
        {
            bool up = direction == SortDirection.Ascending;
            List<KeyValuePair<byte[], byte[]>> part = (up ? tree.Range(from, to) : tree.RangeDown(from, to)).Take(size).ToList();
            foreach (KeyValuePair<byte[], byte[]> entry in part)
                yield return entry;
            if (part.Count < size)
                yield break;
            byte[] last = part[part.Count - 1].Key;
            if (up) from = StatusKey.After(last);
            else to = last;
        }
    }
}
