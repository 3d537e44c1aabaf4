using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>The files of one unit of work: noted in the journal, written beside their place, published after the commit.</summary>
internal sealed class StagedFiles(StoreJournal journal, long unit)
{
    private readonly List<StagedFile> _files = [];

    public long Unit => unit;

    public bool Any => _files.Count > 0;

    /// <exception cref="CaStoreException"><c>KeyFileExists</c>, <c>PathNotWritable</c> or <c>StoreDiskFull</c>.</exception>
    public void Add(string path, byte[] content, bool overwrite)
    {
        if (!overwrite && (File.Exists(path) || _files.Any(file => file.Final == path)))
            throw StoreErrors.KeyFileExists(path);
        var staged = new StagedFile(unit, AtomicFile.TemporaryNameFor(path), path, overwrite);
        try
        {
            journal.Note(staged);
            using FileStream stream = OwnerOnlyFile.Create(staged.Temporary);
            stream.Write(content, 0, content.Length);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            staged.Discard();
            throw AtomicFile.Translate(path, e);
        }

        _files.Add(staged);
    }

    public void Publish() => _files.ForEach(file => file.Publish());

    public void Discard() => _files.ForEach(file => file.Discard());
}
