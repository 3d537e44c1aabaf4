using System.Collections.Generic;

namespace PSCertAuthority.Profiles;

/// <summary>A profile is unknown, or does not allow what was asked.</summary>
public sealed class CaProfileException : CaException
{
    private CaProfileException(string errorId, CaErrorCategory category, string message, object? target)
        : base(errorId, category, message, target, null)
    {
    }

    internal static CaProfileException NotFound(string name, IEnumerable<string> known) => new(
        "ProfileNotFound", CaErrorCategory.ObjectNotFound,
        $"There is no profile '{name}'. There are: {string.Join(", ", known)}.", name);

    internal static CaProfileException KeyTypeRefused(CertificateProfile profile, string key) => new(
        "ProfileKeyTypeRefused", CaErrorCategory.PermissionDenied,
        $"The profile '{profile.Name}' does not certify a key of the kind {key}. It allows: {string.Join(", ", profile.AllowedKeyTypes)}.", key);
}
