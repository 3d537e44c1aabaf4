using PSCertAuthority.Profiles;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>Settings and profiles as one unit of work found them.</summary>
internal sealed class IssuancePolicy(CaSettings settings, StoredProfiles profiles)
{
    public CaSettings Settings => settings;

    public static IssuancePolicy Read(StoreUnit unit) => new(unit.Settings.Read(), unit.Profiles.Read());

    /// <summary>The profile of that name, or the default one.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotFound</c> or <c>ProfileDisabled</c>.</exception>
    public CertificateProfile ProfileFor(string? name)
    {
        CertificateProfile profile = profiles.Find(name ?? settings.DefaultProfile);
        return profile.Enabled ? profile : throw CaProfileException.Disabled(profile.Name);
    }
}
