using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PSCertAuthority.Storage;

/// <summary>What a journal says that a process left behind. A torn end is normal: the process died while it wrote.</summary>
internal sealed class JournalContent
{
    private readonly List<StagedFile> _staged = [];
    private long _pagesAt;
    private long _pageCount;

    /// <summary>Whether the digest is there and right, so that the unit counts as done.</summary>
    public bool Committed { get; private set; }

    /// <summary>The database's length after the unit, in octets.</summary>
    public long CommittedLength { get; private set; }

    /// <summary>The database's length before the unit, where the unit had begun to change it.</summary>
    public long? LengthBefore { get; private set; }

    public IReadOnlyList<StagedFile> Staged => _staged;

    /// <summary>Reads the journal from its start.</summary>
    public static JournalContent Read(FileStream stream)
    {
        var content = new JournalContent();
        stream.Position = 0;
        while (!content.Committed && ReadLine(stream) is { } line)
        {
            string[] fields = line.Split('\t');
            if (StagedFile.Parse(line) is { } staged) content._staged.Add(staged);
            else if (fields.Length == 2 && fields[0] == "length") content.LengthBefore = Number(fields[1]);
            else if (fields.Length == 3 && fields[0] == "commit")
            {
                content.ReadCommit(stream, Number(fields[1]), Number(fields[2]));
                break;
            }
        }

        return content;
    }

    /// <summary>The pages of a committed unit, one after the other.</summary>
    public IEnumerable<KeyValuePair<long, byte[]>> ReadPages(FileStream stream)
    {
        stream.Position = _pagesAt;
        for (long page = 0; page < _pageCount; page++)
        {
            byte[] number = ReadExactly(stream, sizeof(long))!;
            yield return new(BitConverter.ToInt64(number, 0), ReadExactly(stream, PageOverlay.PageSize)!);
        }
    }

    private void ReadCommit(FileStream stream, long length, long count)
    {
        _pagesAt = stream.Position;
        _pageCount = count;
        CommittedLength = length;
        long end = _pagesAt + (count * (sizeof(long) + PageOverlay.PageSize));
        if (length < 0 || count < 0 || stream.Length < end + 32) return;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        stream.Position = 0;
        var buffer = new byte[PageOverlay.PageSize];
        while (stream.Position < end)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, end - stream.Position));
            if (read == 0) return;
            digest.AppendData(buffer, 0, read);
        }

        Committed = ReadExactly(stream, 32) is { } found && found.SequenceEqual(digest.GetHashAndReset());
    }

    private static long Number(string field) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;

    private static string? ReadLine(FileStream stream)
    {
        var line = new MemoryStream();
        for (int octet = stream.ReadByte(); octet >= 0; octet = stream.ReadByte())
        {
            if (octet == '\n') return Encoding.UTF8.GetString(line.ToArray());
            line.WriteByte((byte)octet);
        }

        return null;
    }

    private static byte[]? ReadExactly(FileStream stream, int count)
    {
        var buffer = new byte[count];
        for (int done = 0; done < count;)
        {
            int read = stream.Read(buffer, done, count - done);
            if (read == 0) return null;
            done += read;
        }

        return buffer;
    }
}
