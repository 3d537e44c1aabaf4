#if NET
using System;
#endif
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>The files of one store.</summary>
internal sealed record StorePaths(string Database, string KeyDirectory)
{
    public string Lock { get; } = Database + ".lock";

    public string Journal { get; } = Database + ".journal";

    /// <summary>The log that LiteDB itself would make, had another program opened the file.</summary>
    public string ForeignLog { get; } = Path.Combine(
        Path.GetDirectoryName(Database) ?? "",
        Path.GetFileNameWithoutExtension(Database) + "-log" + Path.GetExtension(Database));

    /// <summary>The files of the store at <paramref name="database"/>, with links followed: a lock must have one name only.</summary>
    public static StorePaths Of(string database, string? keyDirectory)
    {
        string full = Path.GetFullPath(database);
#if NET
        try
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // A path that cannot be followed is reported when it is opened, with its own error.
        }
#endif
        return new(full, Path.GetFullPath(keyDirectory ?? Path.ChangeExtension(full, ".keys")));
    }
}
