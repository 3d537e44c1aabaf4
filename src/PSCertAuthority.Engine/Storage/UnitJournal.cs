using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace PSCertAuthority.Storage;

/// <summary>
/// What the running unit of work is about to do, written before it does it: who holds the store, which files wait to be renamed,
/// and at last the changed pages under a SHA-256 digest. The digest is the commit: with it the unit is completed after a crash,
/// without it undone (<see cref="JournalRecovery"/>). Empty between units.
/// </summary>
internal sealed class UnitJournal : IDisposable
{
    private readonly FileStream _stream;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private long? _sealedAt;

    // Unbuffered: what a full disk refused must not be tried again when the stream is closed.
    private UnitJournal(FileStream stream) => _stream = stream;

    /// <summary>Opens the journal of a store whose lock is held.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static UnitJournal Open(StorePaths paths)
    {
        if (!File.Exists(paths.Journal)) OwnerOnlyFile.Create(paths.Journal).Dispose();
        return new(new FileStream(
            paths.Journal, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1));
    }

    /// <summary>The open file, for recovery.</summary>
    public FileStream Stream => _stream;

    /// <summary>Says who holds the store; for others to read, so not flushed to the disk.</summary>
    public void WriteHolder(StoreHolder holder)
    {
        AppendLine(holder.ToLine());
        _stream.Flush();
    }

    /// <summary>Says that a file is about to be made; durable on return.</summary>
    public void WriteStaged(StagedFile file)
    {
        AppendLine(file.ToLine());
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>Says how long the database was before it is extended. Making a new one is flushed to the disk: half of one is no store.</summary>
    public void WriteLength(long databaseLength)
    {
        AppendLine("length\t" + databaseLength.ToString(CultureInfo.InvariantCulture));
        _stream.Flush(flushToDisk: databaseLength == 0);
    }

    /// <summary>Commits: the changed pages and the digest over everything so far; durable on return.</summary>
    public void Seal(long databaseLength, IReadOnlyDictionary<long, byte[]> pages)
    {
        _sealedAt = _stream.Position;
        AppendLine(string.Format(CultureInfo.InvariantCulture, "commit\t{0}\t{1}", databaseLength, pages.Count));
        var entry = new byte[sizeof(long) + PageOverlay.PageSize];
        foreach (KeyValuePair<long, byte[]> page in pages)
        {
            BitConverter.GetBytes(page.Key).CopyTo(entry, 0);
            page.Value.CopyTo(entry, sizeof(long));
            Append(entry);
        }

        byte[] digest = _digest.GetHashAndReset();
        _stream.Write(digest, 0, digest.Length);
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>Takes a commit back that failed half-way; what was staged stays written down.</summary>
    public void Unseal()
    {
        if (_sealedAt is { } position) _stream.SetLength(position);
    }

    /// <summary>Forgets it all: the unit is complete, or undone.</summary>
    public void Clear()
    {
        _stream.SetLength(0);
        _stream.Flush();
    }

    public void Dispose()
    {
        _digest.Dispose();
        _stream.Dispose();
    }

    private void AppendLine(string line) => Append(Encoding.UTF8.GetBytes(line + "\n"));

    private void Append(byte[] bytes)
    {
        _digest.AppendData(bytes);
        _stream.Write(bytes, 0, bytes.Length);
    }
}
