using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using LiteDB;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Notifications;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>What <c>manage.py dumpdata django_ca</c> writes: a list of objects with model, pk and fields (django-ca 1.5, models.py).</summary>
internal sealed class DjangoCaDump
{
    private readonly DjangoCaSource _source;
    private readonly SecureString? _password;
    private readonly List<BsonDocument> _objects;

    private DjangoCaDump(DjangoCaSource source, SecureString? password)
    {
        _source = source;
        _password = password;
        string text = ForeignFile.ReadText(source.DumpPath, "the dump of django-ca");
        _objects = Guard(() => JsonSerializer.Deserialize(text).AsArray.Select(item => item.AsDocument).ToList());
    }

    /// <summary>All authorities, parents before their children.</summary>
    /// <exception cref="CaException">The dump or a key file cannot be read.</exception>
    public static IReadOnlyList<ForeignAuthority> Read(DjangoCaSource source, SecureString? password)
    {
        var dump = new DjangoCaDump(source, password);
        return dump.Guard(() => dump.InOrder().Select(dump.ToAuthority).ToList());
    }

    private List<BsonDocument> InOrder()
    {
        var left = Of("django_ca.certificateauthority").ToList();
        if (left.Count == 0)
            throw ImportErrors.DumpInvalid(_source.DumpPath, "there is no authority in it");
        var done = new HashSet<string>();
        var ordered = new List<BsonDocument>();
        while (left.Count > 0)
        {
            BsonDocument next = left.FirstOrDefault(item => item["fields"]["parent"].IsNull || done.Contains(Id(item["fields"]["parent"])))
                ?? throw ImportErrors.DumpInvalid(_source.DumpPath, "an authority has a parent that is not in it");
            left.Remove(next);
            done.Add(Id(next["pk"]));
            ordered.Add(next);
        }

        return ordered;
    }

    private ForeignAuthority ToAuthority(BsonDocument item)
    {
        BsonValue fields = item["fields"];
        string name = fields["name"].AsString;
        var certificate = ToCertificate(fields, $"the authority '{name}'");
        string path = fields["private_key_path"].AsString;
        string keyPath = _source.KeyDirectory is { } directory ? Path.Combine(directory, Path.GetFileName(path.Replace('\\', '/'))) : path;
        bool hasKey = File.Exists(keyPath);
        return new ForeignAuthority
        {
            Source = $"{_source.DumpPath}: {name}",
            Name = name,
            Certificate = certificate,
            Key = hasKey ? PrivateKeyFile.ReadMatching(keyPath, _password, $"the authority '{name}'", certificate.PublicKey) : null,
            Enabled = !fields["enabled"].IsBoolean || fields["enabled"].AsBoolean,
            Urls = new AuthorityUrls
            {
                Crl = Lines(fields["crl_url"]),
                Ocsp = Lines(fields["ocsp_url"]),
                Issuer = Lines(fields["issuer_url"]),
                IssuerAlternativeName = Lines(fields["issuer_alt_name"]),
            },
            Certificates = [.. Of("django_ca.certificate").Where(other => Id(other["fields"]["ca"]) == Id(item["pk"])).Select(ToCertificate)],
            Warnings = hasKey ? [] : [$"The private key of '{name}' is not at '{keyPath}': the authority was imported without it."],
        };
    }

    private ForeignCertificate ToCertificate(BsonDocument item)
    {
        BsonValue fields = item["fields"];
        DecodedCertificate certificate = ToCertificate(fields, $"the certificate '{fields["cn"].AsString}'");
        bool revoked = fields["revoked"].IsBoolean && fields["revoked"].AsBoolean;
        return new ForeignCertificate
        {
            SerialNumber = certificate.SerialNumber,
            NotAfter = certificate.NotAfter,
            Certificate = certificate,
            Revocation = revoked ? new RevocationRecord(Time(fields["revoked_date"]) ?? Time(fields["created"]) ?? certificate.NotBefore, Reason(fields["revoked_reason"]), null) : null,
            IssuedAt = Time(fields["created"]),
            Watchers = fields["watchers"].IsArray ? [.. fields["watchers"].AsArray.Select(Watcher).OfType<string>()] : [],
        };
    }

    private static DecodedCertificate ToCertificate(BsonValue fields, string what) =>
        CertificateReader.Decode(CertificateMaterial.ReadCertificates(Encoding.ASCII.GetBytes(fields["pub"].AsString), what, password: null)[0], what);

    private string? Watcher(BsonValue id)
    {
        BsonValue? fields = Of("django_ca.watcher").FirstOrDefault(item => Id(item["pk"]) == Id(id))?["fields"];
        if (fields is null)
            return null;
        string mail = fields["mail"].AsString;
        return MailAddress.Parse(fields["name"].IsString && fields["name"].AsString.Length > 0 ? $"{fields["name"].AsString} <{mail}>" : mail).ToString();
    }

    private IEnumerable<BsonDocument> Of(string model) => _objects.Where(item => item["model"].IsString && item["model"].AsString == model);

    /// <summary>Numbers, and from later versions texts.</summary>
    private static string Id(BsonValue value) => value.IsString ? value.AsString : value.RawValue?.ToString() ?? string.Empty;

    private static string[] Lines(BsonValue value) =>
        value.IsString ? [.. value.AsString.Split('\n', '\r').Select(line => line.Trim()).Where(line => line.Length > 0)] : [];

    private static DateTime? Time(BsonValue value) => value.IsString
        ? DateTime.Parse(value.AsString, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).TruncateToSecond()
        : null;

    private static RevocationReason Reason(BsonValue value)
    {
        string text = value.IsString ? value.AsString.Replace("_", string.Empty) : string.Empty;
        return Enum.TryParse(text, ignoreCase: true, out RevocationReason reason) && reason != RevocationReason.RemoveFromCrl ? reason : RevocationReason.Unspecified;
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is LiteException or FormatException or ArgumentException or InvalidCastException or OverflowException or NullReferenceException)
        {
            throw ImportErrors.DumpInvalid(_source.DumpPath, e.Message, e);
        }
    }
}
