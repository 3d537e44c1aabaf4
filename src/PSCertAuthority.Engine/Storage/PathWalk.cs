#if NET
using System.Collections.Generic;
using System.IO;

namespace PSCertAuthority.Storage;

/// <summary>Goes along a path as the kernel does: from the root, through each directory, and where a link is through those of its target.</summary>
internal static class PathWalk
{
    private const int MostLinks = 40;

    /// <summary>What there is on the way, with links and what they lead to; it ends where nothing has the name.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">Links lead to each other.</exception>
    public static IEnumerable<(string Path, FileStatus Status)> Along(string path)
    {
        var ahead = new Stack<string>();
        string reached = Begin(path, ahead, "/");
        int links = 0;
        if (FileStatus.Of(reached) is { } root) yield return (reached, root);
        while (ahead.Count > 0)
        {
            string part = ahead.Pop();
            if (part == "..") reached = Path.GetDirectoryName(reached) ?? "/";
            if (part is "" or "." or "..") continue;
            string next = Path.Combine(reached, part);
            if (FileStatus.Of(next) is not { } status) yield break;
            yield return (next, status);
            if (!status.IsLink)
            {
                reached = next;
                continue;
            }

            if (++links > MostLinks) throw new IOException($"'{path}' goes through more than {MostLinks} symbolic links.");
            if (new FileInfo(next).LinkTarget is not { } target) yield break;
            reached = Begin(target, ahead, reached);
        }
    }

    private static string Begin(string path, Stack<string> ahead, string from)
    {
        string[] parts = path.Split('/');
        for (int i = parts.Length - 1; i >= 0; i--) ahead.Push(parts[i]);
        return path.StartsWith('/') ? "/" : from;
    }
}
#endif
