using System;
using System.Collections.Generic;

namespace PSCertAuthority.Settings;

/// <summary>A setting is unknown, or cannot have that value.</summary>
public sealed class CaSettingException : CaException
{
    private CaSettingException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause)
        : base(errorId, category, message, target, cause)
    {
    }

    internal static CaSettingException NotFound(string name, IEnumerable<string> known) => new(
        "SettingNotFound", CaErrorCategory.ObjectNotFound, $"There is no setting '{name}'. There are: {string.Join(", ", known)}.", name, null);

    internal static CaSettingException Invalid(string name, string why, Exception? cause = null) => new(
        "SettingInvalid", CaErrorCategory.InvalidArgument, $"The setting {name} was left as it is: {why}", name, cause);

    internal static CaSettingException SecretUnreadable(string name, string keyFile, Exception? cause) => new(
        "SettingSecretUnreadable", CaErrorCategory.ReadError,
        $"The password in the setting {name} cannot be read: its key '{keyFile}' is missing or is not the one it was sealed with. Set it again.", name, cause);
}
