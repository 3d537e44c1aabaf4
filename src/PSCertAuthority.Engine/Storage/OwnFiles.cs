using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Storage;

/// <summary>The files of a store, which no output may take the place of: the store itself, what lies beside it, the key directories and the keys of its authorities.</summary>
internal sealed class OwnFiles
{
#if NET
    // As many links as Linux follows.
    private const int MostLinks = 40;
#endif

    private readonly string[] _files;
    private readonly string[] _folders;

    private OwnFiles(StorePaths paths, IEnumerable<string> folders, IEnumerable<string> files)
    {
        _files = [.. files.Concat([paths.Database, paths.Lock, paths.Journal, paths.ForeignLog]).Select(path => Follow(path))];
        _folders = [.. folders.Append(paths.KeyDirectory).Distinct().Select(path => Follow(path))];
    }

    /// <summary>Those of a store; where it cannot be read, those that its name tells.</summary>
    public static OwnFiles Of(CaStore store)
    {
        var paths = StorePaths.Of(store.DatabasePath, store.KeyDirectory);
        try
        {
            if (store.Exists)
                return store.Read(unit => new OwnFiles(paths, unit.Settings.Read().KeyDirectory is { } folder ? [folder] : [], unit.Authorities.WithPending().Select(a => KeyFiles.PathOf(unit, a)).ToList()));
        }
        catch (CaStoreException)
        {
            // Whoever goes on to work with the store is told why.
        }

        return new OwnFiles(paths, [], []);
    }

    /// <summary>Whether a full path names one of them or lies in a key directory, whatever links lead there. Regardless of case, as file systems may be.</summary>
    public bool Contains(string path)
    {
        string followed = Follow(path);
        return _files.Concat(_folders).Contains(followed, StringComparer.OrdinalIgnoreCase)
            || _folders.Any(folder => followed.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The path with its links and those of its folders followed, as far as it exists.</summary>
    private static string Follow(string path, int links = 0)
    {
        string full = Path.GetFullPath(path);
#if NET
        try
        {
            if (links < MostLinks && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target)
                return Follow(target.FullName, links + 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What does not exist yet, or cannot be followed, is as it is.
        }
#endif
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Follow(folder, links), Path.GetFileName(full)) : full;
    }
}
