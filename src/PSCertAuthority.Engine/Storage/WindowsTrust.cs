#if NET
using System.Runtime.Versioning;
#endif
using System.IO;
using System.Linq;
using System.Security.AccessControl;
using System.Security.Principal;

namespace PSCertAuthority.Storage;

/// <summary>
/// The rules for owners and access lists on Windows: what belongs to this account, the administrators or the system, and can be changed by nobody else.
/// New files in a directory of others do no harm, as long as what is ours stays.
/// </summary>
#if NET
[SupportedOSPlatform("windows")]
#endif
internal static class WindowsTrust
{
    private const FileSystemRights TakeAway =
        FileSystemRights.Delete | FileSystemRights.DeleteSubdirectoriesAndFiles | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;

    private const FileSystemRights Change = TakeAway | FileSystemRights.WriteData | FileSystemRights.AppendData;

    /// <summary>The directory of a store; those above it are not looked at.</summary>
    public static TrustFault? OfDirectory(string path) => Directory.Exists(path) ? Of(path, new DirectoryInfo(path).GetAccessControl(), TakeAway, "change") : null;

    /// <summary>A file of the store.</summary>
    public static TrustFault? OfFile(string path)
    {
        if (!File.Exists(path)) return null;
        if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0) return new(path, "is a link, which is not followed", "Put the file itself there.");
        return Of(path, new FileInfo(path).GetAccessControl(), Change, "change");
    }

    /// <summary>A directory of private keys, which nobody else may read either.</summary>
    public static TrustFault? OfKeyDirectory(string path)
    {
        if (!Directory.Exists(path)) return null;
        if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0) return new(path, "is a link, which is not followed", "Put the directory itself there.");
        return Of(path, new DirectoryInfo(path).GetAccessControl(), Change | FileSystemRights.ReadData, "read or change");
    }

    private static TrustFault? Of(string path, FileSystemSecurity security, FileSystemRights forbidden, string what)
    {
        if (security.GetOwner(typeof(SecurityIdentifier)) is SecurityIdentifier owner && !IsTrusted(owner))
            return new(path, $"belongs to '{NameOf(owner)}'", "Run this as that account; or, where you know the content, take ownership of it.");
        foreach (FileSystemAccessRule rule in security.GetAccessRules(true, true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>())
        {
            var account = (SecurityIdentifier)rule.IdentityReference;
            bool counts = rule.AccessControlType == AccessControlType.Allow && (rule.PropagationFlags & PropagationFlags.InheritOnly) == 0;
            if (counts && (rule.FileSystemRights & forbidden) != 0 && !IsTrusted(account))
                return new(path, $"has an access list with which '{NameOf(account)}' may {what} it", "Take that right away (icacls, or Properties, Security).");
        }

        return null;
    }

    private static bool IsTrusted(SecurityIdentifier account)
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return account == identity.User || account.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
            || account.IsWellKnown(WellKnownSidType.LocalSystemSid) || account.IsWellKnown(WellKnownSidType.CreatorOwnerSid);
    }

    private static string NameOf(SecurityIdentifier account)
    {
        try
        {
            return account.Translate(typeof(NTAccount)).Value;
        }
        catch (IdentityNotMappedException)
        {
            return account.Value;
        }
    }
}
