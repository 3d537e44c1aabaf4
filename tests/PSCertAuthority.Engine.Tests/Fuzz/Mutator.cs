using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PSCertAuthority.Tests.Fuzz;

/// <summary>Makes bad inputs of good ones: the same ones for the same seed.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> samples)
{
    private static readonly byte[] Odd = [0, 1, 0x7F, 0x80, 0x81, 0x84, 0xFE, 0xFF, 0x30, (byte)'/', (byte)'=', (byte)',', (byte)':', (byte)'\\', (byte)'*', (byte)'-', (byte)'\n'];

    private static readonly byte[][] OddParts =
    [
        [0x30, 0x80], [0, 0], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [2, 1, 0xFF], [1, 1, 0xFF], [5, 0], [0x24, 0x80], .. new[]
        {
            "::", "//", "=", "\0", "é", "\u202E", "😀", "xn--", "%00", "..", "DNS:", "IP:", "URI:", "dirName:", "otherName:", "-----BEGIN CERTIFICATE-----\n", "-----END ", "Proc-Type: 4,ENCRYPTED\n",
            "99999999999999999999", "1.2.3", "[", "]", "@",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random _random = new(seed);
    private readonly DerTree?[] _trees = [.. samples.Select(DerTree.TryRead)];

    /// <summary>The next one.</summary>
    public byte[] Next()
    {
        int sample = _random.Next(samples.Count);
        byte[] input = _trees[sample] is { } tree && _random.Next(3) > 0 ? ChangeTree(tree) : samples[sample];
        for (int changes = ReferenceEquals(input, samples[sample]) ? _random.Next(1, 6) : _random.Next(3) == 0 ? 1 : 0; changes > 0; changes--)
            input = Change(input);
        return input;
    }

    /// <summary>One that differs in elements of its DER, whose lengths are right.</summary>
    public byte[] ChangeTree(DerTree tree)
    {
        DerTree root = tree.Copy();
        for (int changes = _random.Next(1, 4); changes > 0; changes--)
        {
            DerTree[] all = [.. root.All()];
            DerTree one = all[_random.Next(all.Length)], other = all[_random.Next(all.Length)];
            int at = _random.Next(one.Children.Count + 1);
            switch (_random.Next(8))
            {
                case 0 when one.Children.Count > 0:
                    one.Children.RemoveAt(_random.Next(one.Children.Count));
                    break;
                case 1 when one.Children.Count > 0:
                    one.Children.Insert(at, one.Children[_random.Next(one.Children.Count)].Copy());
                    break;
                case 2 when one.Children.Count > 0:
                    one.Children.Insert(at, other.Copy());
                    break;
                case 3:
                    one.Tag = _random.Next(2) == 0 ? other.Tag : (byte)_random.Next(256);
                    break;
                case 4:
                    one.Content = [];
                    break;
                case 5 when one.Children.Count == 0:
                    one.Content = Change(one.Content);
                    break;
                case 6:
                    one.Content = other.Content;
                    break;
                case 7 when one.Children.Count > 1:
                    one.Children.Reverse();
                    break;
                default:
                    one.Content = RandomOctets(_random.Next(40));
                    break;
            }
        }

        return root.ToOctets();
    }

    private byte[] Change(byte[] input)
    {
        int at = _random.Next(input.Length + 1), length = Math.Min(_random.Next(_random.Next(2) == 0 ? 4 : 200), input.Length - at);
        byte[] before = input[..at], part = input[at..(at + length)], after = input[(at + length)..];
        switch (_random.Next(9))
        {
            case 0 when input.Length > 0:
                byte[] flipped = [.. input];
                flipped[_random.Next(input.Length)] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1:
                return [.. before, .. after];
            case 2:
                return [.. before, .. part, .. part, .. after];
            case 3:
                return [.. before, Odd[_random.Next(Odd.Length)], .. after];
            case 4:
                return [.. before, .. OddParts[_random.Next(OddParts.Length)], .. after];
            case 5:
                return [.. before, .. RandomOctets(length), .. after];
            case 6:
                return before;
            case 7:
                byte[] other = samples[_random.Next(samples.Count)];
                return [.. before, .. other[_random.Next(other.Length + 1)..]];
            default:
                return _random.Next(50) == 0 ? [.. before, .. Enumerable.Repeat(part.Length == 0 ? [0x30, 0x80] : part, 2000).SelectMany(octets => octets), .. after] : [.. after, .. before];
        }
    }

    private byte[] RandomOctets(int count)
    {
        var octets = new byte[count];
        _random.NextBytes(octets);
        return octets;
    }
}
