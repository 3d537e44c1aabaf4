using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using static PSCertAuthority.Settings.SettingFormats;

namespace PSCertAuthority.Settings;

/// <summary>The settings of a store.</summary>
internal static class SettingDefinitions
{
    public const string DefaultValidDays = nameof(DefaultValidDays);
    public const string DefaultProfile = nameof(DefaultProfile);
    public const string DefaultSubject = nameof(DefaultSubject);
    public const string MaximumNames = nameof(MaximumNames);
    public const string Digest = "DigestAlgorithm";
    public const string KeyDirectory = nameof(KeyDirectory);
    public const string NotificationDays = nameof(NotificationDays);
    public const string ServeCrl = nameof(ServeCrl);
    public const string MailServer = nameof(MailServer);
    public const string MailPort = nameof(MailPort);
    public const string Security = "MailSecurity";
    public const string MailCredential = nameof(MailCredential);
    public const string MailSender = nameof(MailSender);

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new(DefaultValidDays, "Validity of certificates where neither request nor profile name one, in days.",
            [Text(CaDefaults.CertificateValidDays)], Numbers(1, 36500), ShowNumber),
        new(DefaultProfile, "Profile of certificates where none is named.", [BuiltInProfiles.DefaultName], values => [Single(values)], ShowText),
        new(DefaultSubject, "What the subject of certificates takes over, below that of the profile, such as /C=AT/O=Example.", [], Subject, ShowText),
        new(MaximumNames, "How many alternative names a certificate may have.", ["100"], Numbers(1, 10000), ShowNumber),
        new(Digest, "Digest of new authorities with RSA keys; EC keys take what fits their curve.",
            [nameof(DigestAlgorithm.Sha512)], Choice<DigestAlgorithm>, ShowText),
        new(KeyDirectory, "Where the keys of new authorities go; without it, beside the store.", [], AbsolutePath, ShowText),
        new(NotificationDays, "How many days before the end of a certificate its watchers are told.", ["14", "7", "3", "1"], Days, ShowNumbers),
        new(ServeCrl, "Whether the responder serves CRLs too.", ["true"], Switch, ShowSwitch),
        new(MailServer, "The SMTP server that takes the notices.", [], Host, ShowText),
        new(MailPort, "Its port.", ["587"], Numbers(1, 65535), ShowNumber),
        new(Security, "How the connection to it is protected: StartTls, Tls or None.", [nameof(MailSecurity.StartTls)], Choice<MailSecurity>, ShowText),
        new(MailCredential, "Account and password for it; the password is sealed and never shown.", [], values => values, ShowText),
        new(MailSender, "Who the notices come from.", [], Address, ShowText),
    ];

    /// <exception cref="CaSettingException"><c>SettingNotFound</c>.</exception>
    public static SettingDefinition Find(string name) =>
        All.FirstOrDefault(setting => string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw CaSettingException.NotFound(name, All.Select(setting => setting.Name));
}
