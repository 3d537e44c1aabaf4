#if NET
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>
/// The rules for owners and modes on Unix, as OpenSSH's StrictModes has them: what belongs to this account or root, and can be changed by nobody else.
/// </summary>
/// <param name="Other">A third account whose files are trusted: root reads the store of another account.</param>
internal sealed record UnixTrust(uint? Other = null)
{
    private const uint Write = 0x2, Read = 0x4;

    /// <summary>The rules for a file in a directory: root trusts whom the directory belongs to.</summary>
    public static UnixTrust In(string directory) =>
        FileAccounts.Current == 0 && PathWalk.Along(directory).Last().Status is { IsDirectory: true, Owner: not 0 } status ? new UnixTrust(status.Owner) : new UnixTrust();

    /// <summary>A directory and those above it: whoever may change one of them can put other files into the place of ours.</summary>
    public TrustFault? OfWayTo(string path)
    {
        foreach ((string step, FileStatus status) in PathWalk.Along(path))
        {
            if (!Trusts(status.Owner)) return Foreign(step, status);
            if (status.IsDirectory && !status.IsSticky && MayOthers(Write, step, status)) return Writable(step, status);
        }

        return null;
    }

    /// <summary>A file of the store: a regular one with one name.</summary>
    public TrustFault? OfFile(string path) => FileStatus.Of(path) is { IsDirectory: false } status ? OfFile(path, status) : null;

    /// <inheritdoc cref="OfFile(string)"/>
    public TrustFault? OfFile(string path, FileStatus status)
    {
        if (status.IsLink) return new(path, "is a symbolic link, which is not followed", "Put the file itself there.");
        if (!Trusts(status.Owner)) return Foreign(path, status);
        if (!status.IsRegular) return new(path, "is no regular file", "Remove it.");
        if (status.Links > 1) return new(path, $"has {status.Links} names (hard links)", $"Run: cp -p '{path}' '{path}.copy' && mv '{path}.copy' '{path}'");
        return MayOthers(Write, path, status) ? Writable(path, status) : null;
    }

    /// <summary>A directory of private keys, which nobody else may read either.</summary>
    public TrustFault? OfKeyDirectory(string path)
    {
        if (FileStatus.Of(path) is not { } status) return null;
        if (status.IsLink) return new(path, "is a symbolic link, which is not followed", "Put the directory itself there, or name it with Set-CaSetting KeyDirectory.");
        if (OfWayTo(path) is { } fault) return fault;
        return MayOthers(Read, path, status)
            ? new(path, $"has the mode {status.Permissions}, with which other accounts may read it", $"Run: chmod go-rwx '{path}'")
            : null;
    }

    /// <summary>The faults of several paths, each once.</summary>
    public static IEnumerable<TrustFault> All(params TrustFault?[] faults) => faults.OfType<TrustFault>().Distinct();

    private bool Trusts(uint owner) => owner == 0 || owner == FileAccounts.Current || owner == Other;

    private static bool MayOthers(uint right, string path, FileStatus status)
    {
        if ((status.Mode & right) != 0) return true;
        if ((status.Mode & (right << 3)) == 0) return false;
        return LinuxStatus.HasAccessList(path) || !FileAccounts.IsPrivateGroup(status.Group, status.Owner);
    }

    private static TrustFault Foreign(string path, FileStatus status) => new(
        path, $"belongs to {FileAccounts.Describe(status.Owner)}, with the mode {status.Permissions}",
        $"Run this as that account; or, where you know the content, make it yours: chown {FileAccounts.NameOrNumber(FileAccounts.Current)} '{path}'");

    private static TrustFault Writable(string path, FileStatus status) => new(
        path, $"has the mode {status.Permissions}, with which other accounts may change it", $"Run: chmod go-w '{path}'");
}
#endif
