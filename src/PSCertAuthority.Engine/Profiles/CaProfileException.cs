using System;
using System.Collections.Generic;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Profiles;

/// <summary>A profile is unknown, or does not allow what was asked.</summary>
public sealed class CaProfileException : CaException
{
    private CaProfileException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }

    internal static CaProfileException NotFound(string name, IEnumerable<string> known) => new(
        "ProfileNotFound", CaErrorCategory.ObjectNotFound,
        $"There is no profile '{name}'. There are: {string.Join(", ", known)}.", name);

    internal static CaProfileException Gone(string name) => new(
        "ProfileNotFound", CaErrorCategory.ObjectNotFound,
        $"The profile '{name}' that was meant is no longer there. The one that has the name now was added later; Get-CaProfile lists them.", name);

    internal static CaProfileException OfOtherStore(string name) => new(
        "ProfileOfOtherStore", CaErrorCategory.InvalidArgument,
        $"The profile '{name}' is of another store. Leave out -StorePath, or name the profile by its name.", name);

    internal static CaProfileException KeyTypeRefused(CertificateProfile profile, KeySpecification key) => new(
        "ProfileKeyTypeRefused", CaErrorCategory.PermissionDenied,
        $"The profile '{profile.Name}' does not certify a key of the kind {key}. It allows: {string.Join(", ", profile.AllowedKeyTypes)}. Make such a key, or take another profile.", key.ToString());

    internal static CaProfileException KeyTooSmall(CertificateProfile profile, KeySpecification key) => new(
        "ProfileKeyTooSmall", CaErrorCategory.PermissionDenied,
        $"The profile '{profile.Name}' does not certify {key}: it asks for RSA keys of {profile.MinimumRsaSize} bits at least. Make a larger key, or take another profile.", key.ToString());

    internal static CaProfileException Disabled(string name) => new(
        "ProfileDisabled", CaErrorCategory.InvalidOperation,
        $"The profile '{name}' is disabled. Set-CaProfile '{name}' -Enabled $true lets it be used again.", name);

    internal static CaProfileException Exists(string name) => new(
        "ProfileExists", CaErrorCategory.ResourceExists, $"There is a profile '{name}' already. Set-CaProfile changes it.", name);

    internal static CaProfileException Invalid(string name, string why) => new(
        "ProfileInvalid", CaErrorCategory.InvalidArgument, $"The profile '{name}' was left as it is: {why}", name);

    internal static CaProfileException IsDefault(string name) => new(
        "ProfileIsDefault", CaErrorCategory.InvalidOperation,
        $"The profile '{name}' is the one that is used where none is named. Name another one first: Set-CaSetting DefaultProfile.", name);

    internal static CaProfileException NotBuiltIn(string name) => new(
        "ProfileNotBuiltIn", CaErrorCategory.InvalidArgument,
        $"'{name}' is no built-in profile; there is nothing to restore. Built in are: {string.Join(", ", BuiltInProfiles.All)}.", name);

    internal static CaProfileException FileInvalid(string path, string why, Exception? cause = null) => new(
        "ProfileFileInvalid", CaErrorCategory.InvalidData, $"'{path}' is no file of profiles, and nothing was changed: {why}", path, cause);
}
