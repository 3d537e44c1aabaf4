#if NET
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Storage;

/// <summary>The accounts and groups of a Unix system, as /etc/passwd and /etc/group list them.</summary>
internal static class FileAccounts
{
    /// <summary>The account that this process works as.</summary>
    public static uint Current => AccountName.EffectiveUser;

    /// <summary>An account in the words of an error: <c>'pki' (uid 998)</c>, or <c>uid 54321</c> where it has no name here.</summary>
    public static string Describe(uint user) =>
        NameOf(user) is { } name ? $"'{name}' (uid {Text(user)})" : $"uid {Text(user)}";

    /// <summary>What chown takes.</summary>
    public static string NameOrNumber(uint user) => NameOf(user) ?? Text(user);

    /// <summary>
    /// Whether a group is the private one of an account: its primary group, of the same name, with no other member. Debian, Fedora and others make one
    /// with each account, and let it write by default. Accounts that are in a directory service only have none.
    /// </summary>
    public static bool IsPrivateGroup(uint group, uint owner)
    {
        string id = Text(group);
        string[][] accounts = [.. Lines("/etc/passwd").Where(fields => fields.Length > 3)];
        if (accounts.FirstOrDefault(fields => fields[2] == Text(owner)) is not { } account || account[3] != id) return false;
        if (accounts.Any(fields => fields[3] == id && fields[2] != account[2])) return false;
        return Lines("/etc/group").FirstOrDefault(fields => fields.Length > 3 && fields[2] == id) is { } found && found[0] == account[0]
            && found[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(member => member == account[0]);
    }

    private static string? NameOf(uint user) => Lines("/etc/passwd").FirstOrDefault(fields => fields.Length > 2 && fields[2] == Text(user))?[0];

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file).Select(line => line.Split(':'));
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // A system without the file has no names for its accounts.
            return [];
        }
    }
}
#endif
