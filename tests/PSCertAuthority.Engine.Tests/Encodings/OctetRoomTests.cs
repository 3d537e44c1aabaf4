using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using PSCertAuthority.Encodings;
using Xunit;

namespace PSCertAuthority.Tests.Encodings;

/// <summary>What is written at either end comes out in order, however much it is; and PEM has the lines that .NET's own has.</summary>
public sealed class OctetRoomTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public void Grows_at_both_ends(int expected)
    {
        var room = new OctetRoom(expected);
        byte[] whole = [];
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            var part = new byte[random.Next(0, 20_000)];
            random.NextBytes(part);
            if (i % 3 == 0)
            {
                room.Prepend(part);
                whole = [.. part, .. whole];
            }
            else
            {
                room.Append(part);
                whole = [.. whole, .. part];
            }
        }

        Assert.Equal(whole.Length, room.Length);
        Assert.Equal(whole, room.Octets.ToOctets());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData((48 * 256) - 1)]
    [InlineData(48 * 256)]
    [InlineData((48 * 256) + 1)]
    [InlineData(100_000)]
    public void Is_written_as_Pem_as_dotNET_writes_it(int length)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
        var room = new OctetRoom(0);
        room.Prepend([1, 2, 3]);
        room.Append(content);
        var pem = new MemoryStream();

        Pem.Write(pem, "X509 CRL", new ArraySegment<byte>(room.Octets.Array!, room.Octets.Offset + 3, length));

        Assert.Equal(PemEncoding.WriteString("X509 CRL", content).TrimEnd('\n'), Encoding.ASCII.GetString(pem.ToArray()).TrimEnd('\n'));
    }
}
