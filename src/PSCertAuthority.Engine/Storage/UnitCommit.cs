using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>The way of one writing unit to the disk: stage files, seal the journal, then complete; or abandon.</summary>
internal sealed class UnitCommit : IDisposable
{
    private readonly StorePaths _paths;
    private readonly UnitJournal _journal;
    private readonly List<StagedFile> _staged = [];
    private FileStream? _file;
    private long? _lengthBefore;
    private PageOverlay? _sealed;

    public UnitCommit(StorePaths paths, UnitJournal journal)
    {
        _paths = paths;
        _journal = journal;
    }

    /// <summary>Opens the database; null if there is none yet.</summary>
    public FileStream? OpenDatabase() =>
        _file = StoreAccess.Guard(_paths.Database, () => DatabaseFile.OpenForWriting(_paths.Database));

    /// <summary>Puts a file under a temporary name beside its place, readable by its owner alone.</summary>
    public void Stage(string path, byte[] content, bool overwrite)
    {
        if (!overwrite && (File.Exists(path) || _staged.Any(file => file.Final == path))) throw StoreErrors.KeyFileExists(path);
        if (Directory.Exists(path)) throw StoreErrors.PathNotWritable(path, new IOException("It is a directory."));
        var staged = new StagedFile(AtomicFile.TemporaryName(path), path, overwrite);
        StoreAccess.Guard(_paths.Database, () => _journal.WriteStaged(staged));
        try
        {
            if (Path.GetDirectoryName(path) == _paths.KeyDirectory) OwnerOnlyFile.CreateDirectory(_paths.KeyDirectory);
            using FileStream stream = OwnerOnlyFile.Create(staged.Temporary);
            stream.Write(content, 0, content.Length);
            stream.Flush(flushToDisk: true);
            _staged.Add(staged);
        }
        catch (Exception exception)
        {
            // Others of the transaction may go on, and this file is not among what they publish.
            AtomicFile.DeleteIfThere(staged.Temporary);
            if (!FileFailure.IsIo(exception)) throw;
            throw StoreErrors.FromFile(path, exception);
        }
    }

    /// <summary>Commits: after it the unit counts, even if the process dies. All that may fail for want of space is done before.</summary>
    public void Seal(PageOverlay changes)
    {
        if (_staged.FirstOrDefault(file => !file.Overwrite && File.Exists(file.Final)) is { } taken) throw StoreErrors.KeyFileExists(taken.Final);
        if (changes.ChangedPages.Count == 0 && _staged.Count == 0) return;
        changes.PutChecksums();
        StoreAccess.Guard(_paths.Database, () =>
        {
            long before = _file?.Length ?? 0;
            if (changes.Length > before)
            {
                _journal.WriteLength(before);
                _lengthBefore = before;
                _file ??= DatabaseFile.OpenOrCreate(_paths.Database);
                DatabaseFile.Reserve(_file, changes.Length);
            }

            _journal.Seal(changes.Length, changes.ChangedPages);
        });
        _sealed = changes;
    }

    /// <summary>Brings a sealed unit to the database and renames its files.</summary>
    public void Complete()
    {
        try
        {
            if (_sealed is { ChangedPages.Count: > 0 }) DatabaseFile.Apply(_file!, _sealed.Length, _sealed.ChangedPages);
            JournalRecovery.Publish(_staged);
            _journal.Clear();
        }
        catch (Exception exception) when (FileFailure.IsIo(exception) || exception is CaStoreException)
        {
            throw StoreErrors.CompletionPending(_paths.Database, exception);
        }
    }

    /// <summary>Undoes a unit that was not sealed.</summary>
    public void Abandon()
    {
        try
        {
            _journal.Unseal();
            JournalRecovery.Discard(_staged);
            _file?.Dispose();
            if (_lengthBefore is { } length) DatabaseFile.Shorten(_paths.Database, length);
            _journal.Clear();
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // The error that made us abandon the unit is on its way; what is left is in the journal, for the next unit to undo.
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _sealed?.Release();
    }
}
