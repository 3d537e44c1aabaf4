using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PSCertAuthority.Storage;

/// <summary>The database file as octets: what is done to it between LiteDB and the disk.</summary>
internal static class DatabaseFile
{
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("** This is a LiteDB file **");

    /// <summary>Opens it for a unit that writes, and excludes everybody else; null if it is missing or empty.</summary>
    public static FileStream? OpenForWriting(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 } || Directory.Exists(path) ? OpenOrCreate(path) : null;

    /// <summary>Opens it for a unit that reads; null if it is missing or empty.</summary>
    public static FileStream? OpenForReading(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 } || Directory.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1)
            : null;

    /// <summary>Opens it, made for its owner alone if it was missing.</summary>
    public static FileStream OpenOrCreate(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) return OwnerOnlyFile.Create(path);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
    }

    /// <summary>Refuses what is no LiteDB file, before LiteDB sees it.</summary>
    /// <exception cref="CaStoreException"><c>StoreInvalid</c>.</exception>
    public static void RequireMagic(string path, FileStream file)
    {
        var header = new byte[64];
        file.Position = 0;
        int read = file.Read(header, 0, header.Length);
        if (read < header.Length || !header.Skip(32).Take(Magic.Length).SequenceEqual(Magic))
        {
            throw StoreErrors.Invalid(path, "it is no LiteDB 5 file");
        }

        if (header[59] != 8) throw StoreErrors.Invalid(path, $"its LiteDB format is {header[59]}, not 8");
    }

    /// <summary>LiteDB's pragma USER_VERSION, where the file keeps it; 0 where there is no LiteDB file.</summary>
    public static int SchemaVersionOf(string path)
    {
        const int position = 76;
        using FileStream? file = OpenForReading(path);
        if (file is null || file.Length < PageOverlay.PageSize) return 0;
        RequireMagic(path, file);
        var version = new byte[sizeof(int)];
        file.Position = position;
        return file.Read(version, 0, version.Length) == version.Length ? BitConverter.ToInt32(version, 0) : 0;
    }

    /// <summary>Refuses a file that is shorter than its own header says.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>.</exception>
    public static void RequireLength(string path, FileStream file)
    {
        const int lastPagePosition = 64;
        var last = new byte[sizeof(uint)];
        file.Position = lastPagePosition;
        long pages = file.Read(last, 0, last.Length) == last.Length ? BitConverter.ToUInt32(last, 0) + 1L : long.MaxValue / PageOverlay.PageSize;
        if (file.Length < pages * PageOverlay.PageSize) throw StoreErrors.Damaged(path, null, $"it is cut short: {file.Length} octets, which should be {pages * PageOverlay.PageSize}");
    }

    /// <summary>The numbers of the pages that are not as they were written.</summary>
    /// <param name="file">The database, from its start to its end.</param>
    /// <param name="report">Is told how many octets were read.</param>
    public static IEnumerable<long> FindDamagedPages(Stream file, Action<long> report)
    {
        var page = new byte[PageOverlay.PageSize];
        file.Position = 0;
        for (long number = 0; file.Position < file.Length; number++)
        {
            int done = 0;
            for (int read = 1; done < page.Length && read > 0; done += read) read = file.Read(page, done, page.Length - done);
            if (done < page.Length || !PageChecksum.Check(page, number)) yield return number;
            if (number % 1024 == 0) report(file.Position);
        }
    }

    /// <summary>Takes the space up to <paramref name="length"/> now, so that a full disk shows before the unit is committed.</summary>
    public static void Reserve(FileStream file, long length)
    {
        var zeros = new byte[PageOverlay.PageSize];
        file.Position = file.Length;
        while (file.Position < length) file.Write(zeros, 0, (int)Math.Min(zeros.Length, length - file.Position));
        file.Flush();
    }

    /// <summary>Writes the pages of a committed unit in place; durable on return.</summary>
    public static void Apply(FileStream file, long length, IEnumerable<KeyValuePair<long, byte[]>> pages)
    {
        foreach (KeyValuePair<long, byte[]> page in pages)
        {
            file.Position = page.Key * PageOverlay.PageSize;
            file.Write(page.Value, 0, page.Value.Length);
        }

        if (file.Length != length) file.SetLength(length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes a reservation back; a file that did not exist before is removed.</summary>
    public static void Shorten(string path, long length)
    {
        if (!File.Exists(path)) return;
        if (length == 0)
        {
            File.Delete(path);
            return;
        }

        using FileStream file = OpenOrCreate(path);
        if (file.Length > length) file.SetLength(length);
    }
}
