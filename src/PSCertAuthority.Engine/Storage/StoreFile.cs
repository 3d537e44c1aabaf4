using System;
using System.IO;
using System.Text;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>Opens the database file, and never a file that is no store of ours.</summary>
internal static class StoreFile
{
    // LiteDB 5's header page: this text stands at offset 32.
    private const string Magic = "** This is a LiteDB file **";
    private const int MagicOffset = 32;

    // A unit that begins with less free room than this might not end well.
    private const long RequiredRoom = 4 << 20;

    public static LiteDatabase Open(string path, bool mayCreate, TimeProvider clock)
    {
        bool isNew = CheckHeader(path, mayCreate);
        if (isNew)
            OwnerOnlyFile.Create(path).Dispose();
        LiteDatabase? database = null;
        try
        {
            database = new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct, Collation = Collation.Binary });
            if (isNew)
                StoreSchema.Create(database, clock);
            StoreSchema.Check(database, path);
            return database;
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <exception cref="CaStoreException"><c>StoreDiskFull</c>.</exception>
    public static void RequireRoom(string path)
    {
        try
        {
            long free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
            if (free < RequiredRoom)
                throw StoreErrors.DiskFull(path, new IOException($"only {free / 1024} KiB are free"));
        }
        catch (ArgumentException)
        {
            // A network share has no drive letter on Windows; there, writing itself will tell.
        }
    }

    /// <summary>Whether the store has still to be made: there is no file, or one of length 0 that a process left which died.</summary>
    private static bool CheckHeader(string path, bool mayCreate)
    {
        if (!File.Exists(path))
            return mayCreate ? true : throw StoreErrors.Invalid(path);
        byte[] header = new byte[MagicOffset + Magic.Length];
        int count = 0;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (file.Length == 0 && File.Exists(path + ".journal"))
            {
                file.Dispose();
                File.Delete(path);
                return mayCreate ? true : throw StoreErrors.Invalid(path);
            }

            for (int read; count < header.Length && (read = file.Read(header, count, header.Length - count)) > 0;)
                count += read;
        }

        return count == header.Length && Encoding.ASCII.GetString(header, MagicOffset, Magic.Length) == Magic
            ? false
            : throw StoreErrors.Invalid(path);
    }
}
