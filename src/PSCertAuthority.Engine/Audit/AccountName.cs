using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Principal;

namespace PSCertAuthority.Audit;

/// <summary>The account of this process: by its name, or by its number where it has none, as in a container with a user id of its own.</summary>
internal static class AccountName
{
    /// <summary>The name, or <c>uid 54321</c>; on Windows the security identifier. Never empty.</summary>
    public static string OfProcess { get; } = Of(Environment.UserName);

    /// <summary>The account by that name; by its number where the name is empty.</summary>
    public static string Of(string name) =>
        !string.IsNullOrWhiteSpace(name) ? name : Environment.OSVersion.Platform == PlatformID.Win32NT ? SecurityIdentifier() : "uid " + EffectiveUserId();

    private static string SecurityIdentifier()
    {
#pragma warning disable CA1416 // Asked for above, in a way that .NET Framework has too.
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User?.Value ?? "unknown";
#pragma warning restore CA1416
    }

    private static string EffectiveUserId()
    {
        try
        {
            return GetEffectiveUserId().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return "unknown";
        }
    }

    [DllImport("libc", EntryPoint = "geteuid", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}
