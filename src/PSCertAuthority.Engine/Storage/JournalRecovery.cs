using System.Collections.Generic;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Ends what a process left when it died in the middle of a unit of work. Doing it twice does no harm.</summary>
internal static class JournalRecovery
{
    /// <summary>Completes a committed unit, undoes any other, and empties the journal. The lock is held.</summary>
    /// <exception cref="IOException">A file cannot be changed; the journal stays for the next attempt.</exception>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>, <c>StoreNotTrusted</c>, or <c>KeyFileExists</c>: a committed key file's place was taken meanwhile.</exception>
    public static void Run(StorePaths paths, UnitJournal journal)
    {
        if (journal.Stream.Length == 0) return;
        JournalContent content = JournalContent.Read(journal.Stream);
        Require(paths, content, journal.Stream);
        if (content.Committed) Complete(paths, journal, content);
        else Undo(paths, content);
        journal.Clear();
    }

    /// <summary>Whether a process left anything to complete or to undo; the journal is only read. The lock is held.</summary>
    public static bool IsNeeded(StorePaths paths)
    {
        if (!File.Exists(paths.Journal)) return false;
        using FileStream stream = TrustedFile.Open(paths.Journal, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        JournalContent content = JournalContent.Read(stream);
        return content.Committed || content.LengthBefore is not null || content.Staged.Count > 0;
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

    /// <summary>Refuses a journal that names anything that no transaction of ours does, before anything is touched.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c> or <c>StoreNotTrusted</c>.</exception>
    private static void Require(StorePaths paths, JournalContent content, FileStream stream)
    {
        foreach (StagedFile file in content.Staged)
        {
            if (!file.IsWellFormed) throw StoreErrors.Damaged(paths.Database, null, $"its journal '{paths.Journal}' names '{file.Temporary}', which is no file that a transaction makes");
            if (StoreTrust.OfFile(file.Temporary) is { } fault) throw StoreErrors.NotTrusted(paths.Database, fault);
        }

        bool fits = content.LengthBefore is not { } before || (before >= 0 && before % PageOverlay.PageSize == 0);
        if (content.Committed) fits &= content.CommittedLength % PageOverlay.PageSize == 0 && content.PagesFit(stream);
        if (!fits) throw StoreErrors.Damaged(paths.Database, null, $"its journal '{paths.Journal}' has lengths or pages that the database cannot have");
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
        if (content.LengthBefore is { } length) DatabaseFile.Shorten(paths.Database, length);
    }
}
