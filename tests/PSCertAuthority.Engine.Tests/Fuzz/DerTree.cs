using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Tests.Fuzz;

/// <summary>DER as a tree, so that a part of it can be changed and the lengths around it are right again.</summary>
internal sealed class DerTree
{
    private const int Constructed = 0x20;
    private const int LongestHead = 6;

    private byte[] _content;

    private DerTree(byte tag, byte[] content, List<DerTree> children)
    {
        Tag = tag;
        _content = content;
        Children = children;
    }

    public byte Tag { get; set; }

    /// <summary>Empty for what is no sequence of elements.</summary>
    public List<DerTree> Children { get; }

    /// <summary>The octets of what has no children.</summary>
    public byte[] Content
    {
        get => _content;
        set
        {
            _content = value;
            Children.Clear();
        }
    }

    /// <summary>This element and all within it.</summary>
    public IEnumerable<DerTree> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>Null for what is no single element.</summary>
    public static DerTree? TryRead(byte[] der) => TryReadAll(der) is [var only] ? only : null;

    public DerTree Copy() => new(Tag, _content, [.. Children.Select(child => child.Copy())]);

    public byte[] ToOctets()
    {
        byte[] content = Children.Count == 0 ? _content : [.. Children.SelectMany(child => child.ToOctets())];
        // The octets of a bit string begin with how many bits are unused, those of an octet string at once.
        byte[] inner = Children.Count > 0 && Tag == 3 ? [0, .. content] : content;
        return [.. CrlEntryEncoder.Head(Tag, inner.Length), .. inner];
    }

    private static List<DerTree>? TryReadAll(ReadOnlySpan<byte> der)
    {
        var elements = new List<DerTree>();
        while (der.Length > 0)
        {
            if (der.Length < 2 || (der[0] & 0x1F) == 0x1F) return null;
            int head = 2, length = der[1];
            if (length > 0x80)
            {
                head += length - 0x80;
                if (head > LongestHead - 1 || der.Length < head) return null;
                length = 0;
                foreach (byte octet in der[2..head]) length = (length << 8) | octet;
            }

            if (length < 0 || length > der.Length - head) return null;
            byte[] content = der.Slice(head, length).ToArray();
            elements.Add(new DerTree(der[0], content, ChildrenOf(der[0], content) ?? []));
            der = der[(head + length)..];
        }

        return elements;
    }

    private static List<DerTree>? ChildrenOf(byte tag, byte[] content) => tag switch
    {
        _ when (tag & Constructed) != 0 => TryReadAll(content),
        // Extensions, keys and the parts of a PKCS #12 are DER within strings.
        4 when content.Length > 1 => TryReadAll(content),
        3 when content.Length > 2 && content[0] == 0 => TryReadAll(content.AsSpan(1)),
        _ => null,
    };
}
