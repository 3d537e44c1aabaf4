using System.Collections.Generic;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Ends what a process left when it died in the middle of a unit of work. Doing it twice does no harm.</summary>
internal static class JournalRecovery
{
    /// <summary>Completes a committed unit, undoes any other, and empties the journal. The lock is held.</summary>
    /// <exception cref="IOException">A file cannot be changed; the journal stays for the next attempt.</exception>
    /// <exception cref="CaStoreException"><c>KeyFileExists</c>: a committed key file's place was taken meanwhile.</exception>
    public static void Run(StorePaths paths, UnitJournal journal)
    {
        if (journal.Stream.Length == 0) return;
        JournalContent content = JournalContent.Read(journal.Stream);
        if (content.Committed) Complete(paths, journal, content);
        else Undo(paths, content);
        journal.Clear();
    }

    /// <summary>Renames the files of a committed unit into place.</summary>
    public static void Publish(IReadOnlyList<StagedFile> files)
    {
        foreach (StagedFile file in files)
        {
            if (!File.Exists(file.Temporary)) continue;
            if (!file.Overwrite && File.Exists(file.Final)) throw StoreErrors.KeyFileExists(file.Final);
            AtomicFile.Publish(file.Temporary, file.Final, file.Overwrite);
        }
    }

    /// <summary>Removes the files of a unit that was not committed.</summary>
    public static void Discard(IReadOnlyList<StagedFile> files)
    {
        foreach (StagedFile file in files) AtomicFile.DeleteIfThere(file.Temporary);
    }

    private static void Complete(StorePaths paths, UnitJournal journal, JournalContent content)
    {
        using (FileStream database = DatabaseFile.OpenOrCreate(paths.Database))
        {
            DatabaseFile.Apply(database, content.CommittedLength, content.ReadPages(journal.Stream));
        }

        Publish(content.Staged);
    }

    private static void Undo(StorePaths paths, JournalContent content)
    {
        Discard(content.Staged);
        if (content.LengthBefore is { } length && length >= 0) DatabaseFile.Shorten(paths.Database, length);
    }
}
