using System;
using System.Linq;
using LiteDB;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Profiles;
using static PSCertAuthority.Storage.RecordDocument;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Storage;

/// <summary>A profile as a document: in the store, and in files that people keep under version control.</summary>
internal static class ProfileDocument
{
    /// <summary>The fields, in the order in which they are written.</summary>
    public static readonly string[] Fields =
    [
        "description", "enabled", "subject", "keyUsage", "keyUsageCritical", "extendedKeyUsage", "extendedKeyUsageCritical",
        "commonNameInSubjectAlternativeName", "ocspNoCheck", "validDays", "allowedKeyTypes", "minimumRsaSize", "requestKeyUsage", "requestExtendedKeyUsage", "requestPolicy", "requestNameType",
    ];

    public static BsonDocument From(CertificateProfile profile) => new()
    {
        ["description"] = profile.Description,
        ["enabled"] = profile.Enabled,
        ["subject"] = profile.Subject.ToText(),
        ["keyUsage"] = FromList(KeyUsageNames.NamesOf(profile.KeyUsage)),
        ["keyUsageCritical"] = profile.KeyUsageCritical,
        ["extendedKeyUsage"] = FromList(profile.ExtendedKeyUsage),
        ["extendedKeyUsageCritical"] = profile.ExtendedKeyUsageCritical,
        ["commonNameInSubjectAlternativeName"] = profile.CommonNameInSubjectAlternativeName,
        ["ocspNoCheck"] = profile.OcspNoCheck,
        ["validDays"] = profile.ValidDays is { } days ? new BsonValue(days) : BsonValue.Null,
        ["allowedKeyTypes"] = FromList([.. profile.AllowedKeyTypes.Select(type => type.ToString())]),
        ["minimumRsaSize"] = profile.MinimumRsaSize,
        ["requestKeyUsage"] = FromList(KeyUsageNames.NamesOf(profile.RequestKeyUsage)),
        ["requestExtendedKeyUsage"] = FromList(profile.RequestExtendedKeyUsage),
        ["requestPolicy"] = FromList(profile.RequestPolicy),
        ["requestNameType"] = FromList([.. profile.RequestNameType.Select(kind => kind.ToString())]),
    };

    /// <summary>The profile; a field that is missing has its default.</summary>
    /// <exception cref="FormatException">A field is of the wrong kind.</exception>
    /// <exception cref="CaException">A value is unknown.</exception>
    public static CertificateProfile ToProfile(BsonDocument document, string name)
    {
        var defaults = new CertificateProfile { Name = name, Description = string.Empty };
        return defaults with
        {
            Description = Read(document, "description", value => value.IsString, value => value.AsString, string.Empty),
            Enabled = Switch(document, "enabled", defaults.Enabled),
            Subject = DistinguishedName.Parse(Read(document, "subject", value => value.IsString, value => value.AsString, string.Empty)),
            KeyUsage = KeyUsageNames.Parse(Texts(document, "keyUsage")),
            KeyUsageCritical = Switch(document, "keyUsageCritical", defaults.KeyUsageCritical),
            ExtendedKeyUsage = Usages(document, "extendedKeyUsage"),
            ExtendedKeyUsageCritical = Switch(document, "extendedKeyUsageCritical", defaults.ExtendedKeyUsageCritical),
            CommonNameInSubjectAlternativeName = Switch(document, "commonNameInSubjectAlternativeName", defaults.CommonNameInSubjectAlternativeName),
            OcspNoCheck = Switch(document, "ocspNoCheck", defaults.OcspNoCheck),
            ValidDays = Read(document, "validDays", value => value.IsInt32, value => (int?)value.AsInt32, null),
            AllowedKeyTypes = [.. Texts(document, "allowedKeyTypes").Select(Choices.Parse<KeyType>)],
            MinimumRsaSize = Read(document, "minimumRsaSize", value => value.IsInt32, value => value.AsInt32, defaults.MinimumRsaSize),
            RequestKeyUsage = KeyUsageNames.Parse(Texts(document, "requestKeyUsage")),
            RequestExtendedKeyUsage = Usages(document, "requestExtendedKeyUsage"),
            RequestPolicy = [.. Texts(document, "requestPolicy").Select(policy => CertificatePolicy.Create(policy).Oid)],
            RequestNameType = document["requestNameType"].IsNull ? defaults.RequestNameType : [.. Texts(document, "requestNameType").Select(Choices.Parse<GeneralNameKind>)],
        };
    }

    private static string[] Usages(BsonDocument document, string field) =>
        [.. Texts(document, field).Select(usage => ExtendedKeyUsageNames.NameOf(ExtendedKeyUsageNames.OidOf(usage)))];

    private static bool Switch(BsonDocument document, string field, bool missing) =>
        Read(document, field, value => value.IsBoolean, value => value.AsBoolean, missing);

    private static string[] Texts(BsonDocument document, string field) => Read(
        document, field, value => value.IsArray && value.AsArray.All(item => item.IsString), value => value.AsArray.Select(item => item.AsString).ToArray(), []);

    private static T Read<T>(BsonDocument document, string field, Func<BsonValue, bool> fits, Func<BsonValue, T> read, T missing)
    {
        BsonValue value = document[field];
        if (value.IsNull) return missing;
        return fits(value) ? read(value) : throw new FormatException($"the field '{field}' has a value of the wrong kind: {JsonSerializer.Serialize(value)}.");
    }
}
