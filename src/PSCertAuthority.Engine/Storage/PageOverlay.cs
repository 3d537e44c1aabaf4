using System;
using System.Collections.Generic;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>
/// What LiteDB takes for its file: reads fall through to the real one, writes stay in memory as changed pages.
/// </summary>
/// <remarks>
/// LiteDB 5 writes its log on another thread and swallows what fails while it closes, so that a full disk can be
/// acknowledged as success. Here it cannot fail, and our own code writes the changed pages (<see cref="UnitJournal"/>).
/// </remarks>
internal sealed class PageOverlay : Stream
{
    /// <summary>The size of LiteDB's pages, in octets.</summary>
    public const int PageSize = 8192;

    private readonly FileStream? _file;
    private readonly byte[] _read = new byte[PageSize];
    private readonly SortedDictionary<long, byte[]> _changed = [];
    private readonly long _fileLength;
    private long _length;
    private long _position;

    /// <summary>Lays itself over <paramref name="file"/>; over nothing when null.</summary>
    public PageOverlay(FileStream? file)
    {
        _file = file;
        _fileLength = file?.Length ?? 0;
        _length = _fileLength;
    }

    /// <summary>The pages that were written, by their number, ascending.</summary>
    public IReadOnlyDictionary<long, byte[]> ChangedPages => _changed;

    /// <summary>Puts the checksums into the changed pages: they are to be written.</summary>
    public void PutChecksums()
    {
        foreach (KeyValuePair<long, byte[]> page in _changed) PageChecksum.Put(page.Value, page.Key);
    }

    /// <summary>Ends its use: nobody reads or writes here any more, nor the pages that were changed.</summary>
    public void Release()
    {
        PagePool.Return(_changed.Values);
        _changed.Clear();
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _position; set => _position = value; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int total = 0;
        while (total < count && _position < _length)
        {
            int within = (int)(_position % PageSize);
            int part = (int)Math.Min(Math.Min(count - total, PageSize - within), _length - _position);
            ReadPart(buffer, offset + total, part, within);
            _position += part;
            total += part;
        }

        return total;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (int done = 0; done < count;)
        {
            int within = (int)(_position % PageSize);
            int part = Math.Min(count - done, PageSize - within);
            Buffer.BlockCopy(buffer, offset + done, PageToChange(part), within, part);
            _position += part;
            done += part;
            _length = Math.Max(_length, _position);
        }
    }

    public override void SetLength(long value)
    {
        if (value < _length)
        {
            foreach (long page in new List<long>(_changed.Keys))
            {
                if (page * PageSize >= value) _changed.Remove(page);
            }
        }

        _length = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    private void ReadPart(byte[] buffer, int offset, int count, int within)
    {
        if (_changed.TryGetValue(_position / PageSize, out byte[]? page))
        {
            Buffer.BlockCopy(page, within, buffer, offset, count);
            return;
        }

        long number = _position / PageSize;
        if (_file is null || number * PageSize >= _fileLength)
        {
            Array.Clear(buffer, offset, count);
            return;
        }

        if (count == PageSize)
        {
            ReadFromFile(number, buffer, offset);
            return;
        }

        ReadFromFile(number, _read, 0);
        Buffer.BlockCopy(_read, within, buffer, offset, count);
    }

    /// <exception cref="InvalidDataException">The page is not as it was written.</exception>
    private void ReadFromFile(long number, byte[] buffer, int offset)
    {
        _file!.Position = number * PageSize;
        for (int done = 0; done < PageSize;)
        {
            int read = _file.Read(buffer, offset + done, PageSize - done);
            if (read == 0) throw new InvalidDataException($"page {number} is cut off");
            done += read;
        }

        if (!PageChecksum.Check(buffer.AsSpan(offset, PageSize), number)) throw new InvalidDataException($"page {number} is not as it was written");
    }

    private byte[] PageToChange(int count)
    {
        long number = _position / PageSize;
        if (_changed.TryGetValue(number, out byte[]? page)) return page;
        page = PagePool.Rent();
        if (count < PageSize)
        {
            long back = _position;
            _position = number * PageSize;
            ReadPart(page, 0, PageSize, 0);
            _position = back;
        }

        return _changed[number] = page;
    }
}
