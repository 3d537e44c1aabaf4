using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of profiles; those that -Restore brings back too, where it is given.</summary>
public sealed class ProfileCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line)
    {
        IReadOnlyList<CertificateProfile> present = engine.Profiles.List();
        IEnumerable<CertificateProfile> offered = line.Has("Restore")
            ? BuiltInProfiles.All.Where(profile => !present.Any(other => other.Name == profile.Name)).Concat(present.Where(profile => profile.IsBuiltIn))
            : present;
        return offered.Where(profile => Begins(profile.Name, word)).Select(profile => Result(profile.Name, ToolTip(profile)));
    }

    private static string ToolTip(CertificateProfile profile)
    {
        string usage = profile.ExtendedKeyUsage.Count > 0 ? $" ({string.Join(", ", profile.ExtendedKeyUsage)})" : string.Empty;
        string description = profile.Description.Length > 0 ? profile.Description : $"The profile {profile.Name}.";
        return $"{(profile.Enabled ? string.Empty : "(disabled) ")}{description}{usage}";
    }
}
