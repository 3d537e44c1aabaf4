using System;
using System.Collections.Generic;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Settings;

/// <summary>The settings of a store as the engine works with them.</summary>
internal sealed class CaSettings
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _stored;

    public CaSettings(IReadOnlyDictionary<string, IReadOnlyList<string>> stored) => _stored = stored;

    public int DefaultValidDays => (int)Show(SettingDefinitions.DefaultValidDays)!;

    public string DefaultProfile => (string)Show(SettingDefinitions.DefaultProfile)!;

    public DistinguishedName DefaultSubject => Show(SettingDefinitions.DefaultSubject) is string text ? DistinguishedName.Parse(text) : DistinguishedName.Empty;

    public int MaximumNames => (int)Show(SettingDefinitions.MaximumNames)!;

    public DigestAlgorithm Digest => Choice<DigestAlgorithm>(SettingDefinitions.Digest);

    public string? KeyDirectory => (string?)Show(SettingDefinitions.KeyDirectory);

    public IReadOnlyList<int> NotificationDays => (int[])Show(SettingDefinitions.NotificationDays)!;

    public bool ServeCrl => (bool)Show(SettingDefinitions.ServeCrl)!;

    public string? MailServer => (string?)Show(SettingDefinitions.MailServer);

    public int MailPort => (int)Show(SettingDefinitions.MailPort)!;

    public MailSecurity MailSecurity => Choice<MailSecurity>(SettingDefinitions.Security);

    public string? MailSender => (string?)Show(SettingDefinitions.MailSender);

    /// <summary>Account and sealed password; null where none is set.</summary>
    public (string Account, string Sealed)? MailCredential =>
        Values(SettingDefinitions.Find(SettingDefinitions.MailCredential)) is [string account, string password] ? (account, password) : null;

    /// <summary>What users see of it.</summary>
    public CaSetting Describe(SettingDefinition definition) =>
        new(definition, _stored.TryGetValue(definition.Name, out IReadOnlyList<string>? values) ? values : null);

    private object? Show(string name) => Describe(SettingDefinitions.Find(name)).Value;

    private T Choice<T>(string name)
        where T : struct, Enum => Enum.TryParse((string)Show(name)!, out T choice) ? choice : default;

    private IReadOnlyList<string> Values(SettingDefinition definition) =>
        _stored.TryGetValue(definition.Name, out IReadOnlyList<string>? values) ? values : definition.Default;
}
