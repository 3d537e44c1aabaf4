using System.IO;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>Puts files of a backup into their places; what was there stays beside, under another name.</summary>
internal static class StoreReplacement
{
    /// <exception cref="CaStoreException"><c>KeyFileExists</c>: another key is there, and may not be replaced.</exception>
    public static void PutKey(string path, byte[] content, bool overwrite, string stamp)
    {
        if (File.Exists(path))
        {
            if (File.ReadAllBytes(path).SequenceEqual(content)) return;
            if (!overwrite) throw StoreErrors.KeyFileExists(path);
            File.Move(path, NameOfReplaced(path, stamp));
        }

        AtomicFile.WriteOwnerOnly(path, stream => stream.Write(content, 0, content.Length), overwrite: false);
    }

    /// <summary>One rename: whoever looks sees the old database or the new one.</summary>
    public static string? PutDatabase(string database, string path, string stamp)
    {
        if (!File.Exists(path))
        {
            File.Move(database, path);
            return null;
        }

        string replaced = NameOfReplaced(path, stamp);
        File.Replace(database, path, replaced);
        return replaced;
    }

    private static string NameOfReplaced(string path, string stamp) => $"{path}.replaced-{stamp}";
}
