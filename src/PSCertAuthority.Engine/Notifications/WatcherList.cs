using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Notifications;

/// <summary>The watchers of one certificate as the store keeps them: no address twice, whatever its case.</summary>
internal static class WatcherList
{
    /// <summary>The watchers that were given, those given twice once.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<MailAddress> watchers)
    {
        List<string> list = [];
        foreach (MailAddress watcher in watchers)
            Add(list, watcher);
        return list;
    }

    /// <summary>Adds a watcher; one with the same address gets the name that was given, if one was. Returns whether that changed anything.</summary>
    public static bool Add(List<string> list, MailAddress watcher)
    {
        int index = list.FindIndex(stored => Is(stored, watcher.Address));
        if (index < 0)
        {
            list.Add(watcher.ToString());
            return true;
        }

        if (watcher.Name.Length == 0 || MailAddress.Parse(list[index]).Name == watcher.Name)
            return false;
        list[index] = watcher.ToString();
        return true;
    }

    /// <summary>The watcher with that address, as it is stored; null where there is none.</summary>
    public static string? Find(IReadOnlyList<string> list, string address) => list.FirstOrDefault(stored => Is(stored, address));

    private static bool Is(string stored, string address) =>
        string.Equals(MailAddress.Parse(stored).Address, address, StringComparison.OrdinalIgnoreCase);
}
