using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LiteDB;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>The dump of django-ca 1.5: all authorities with parents, URLs, certificates, revocations and watchers.</summary>
public sealed class DjangoCaImportTests : IDisposable
{
    private readonly TestStore _theirs = new();
    private readonly TestStore _ours = new();
    private readonly BsonArray _objects = [];

    public DjangoCaImportTests()
    {
        CaAuthority root = _theirs.Root();
        CaAuthority issuing = _theirs.Issuing();
        CaCertificate good = _theirs.Issue("/CN=good.example.com", "Issuing");
        CaCertificate bad = _theirs.Issue("/CN=bad.example.com", "Issuing");
        // Children before their parents, as a dump may have them.
        AddAuthority(2, issuing, 1, "http://a.example.com/crl\r\nhttp://b.example.com/crl");
        AddAuthority(1, root, null, "");
        Add("django_ca.watcher", 7, new() { ["name"] = "Ann Example", ["mail"] = "ann@example.com" });
        AddCertificate(1, good, null, 7);
        AddCertificate(2, bad, "key_compromise");
        foreach (CaAuthority authority in new[] { root, issuing })
            File.Copy(authority.KeyFile, Path.Combine(Directory.CreateDirectory(_ours.File("files")).FullName, authority.SerialNumber.Replace(":", "") + ".key"));
    }

    [Fact]
    public void Everything_comes_over()
    {
        Issued<IReadOnlyList<string>> imported = Import();
        Assert.Empty(imported.Warnings);
        Assert.Equal(["Root", "Issuing"], imported.Value);
        CaAuthority issuing = _ours.Engine.Authorities.Get("Issuing");
        Assert.Equal("Root", issuing.Parent);
        Assert.Equal(["http://a.example.com/crl", "http://b.example.com/crl"], issuing.CrlUrl);
        Assert.Equal(["http://ocsp.example.com/"], issuing.OcspUrl);
        Assert.Equal("Ann Example <ann@example.com>", _ours.Engine.Certificates.Get("good.example.com").Watchers.Single().ToString());
        CaCertificate bad = _ours.Engine.Certificates.Get("bad.example.com");
        Assert.Equal(RevocationReason.KeyCompromise, bad.RevocationReason);
        Assert.Equal(new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), bad.RevokedAt!.Value.ToUniversalTime());
        Assert.Equal(1, _ours.Engine.Crls.Create("Issuing", null, TimeSpan.FromDays(1)).EntryCount);
        _ours.Issue("/CN=new.example.com", "Issuing");
        Assert.True(_ours.Engine.Care.Test().Passed);
    }

    [Fact]
    public void Without_a_key_the_authority_comes_all_the_same()
    {
        File.Delete(Directory.GetFiles(_ours.File("files"))[0]);
        Assert.Contains(Import().Warnings, warning => warning.Contains("without it"));
        Assert.Single(_ours.Engine.Authorities.List(), authority => !authority.HasPrivateKey);
    }

    [Fact]
    public void A_broken_dump_changes_nothing()
    {
        void Refused(string text)
        {
            File.WriteAllText(_ours.File("dump.json"), text);
            Assert.Equal("ImportDumpInvalid", Assert.ThrowsAny<CaException>(() => Import(write: false)).ErrorId);
        }

        Refused("nonsense");
        Refused("{}");
        Refused("[]");
        Refused("[1, 2]");
        _objects.RemoveAt(1);
        Refused(JsonSerializer.Serialize(_objects));
        _objects[0]["fields"]["parent"] = BsonValue.Null;
        _objects[0]["fields"].AsDocument.Remove("pub");
        Refused(JsonSerializer.Serialize(_objects));
        Assert.Equal("ImportFileMissing", Assert.ThrowsAny<CaException>(() => _ours.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new DjangoCaSource(_ours.File("nothing")) })).ErrorId);
        Assert.Empty(_ours.Engine.Authorities.List());
    }

    [Fact]
    public void A_large_dump_that_windows_powershell_redirected_is_read()
    {
        _objects[0]["fields"]["csr"] = new string('x', 1 << 24);
        File.WriteAllText(_ours.File("dump.json"), JsonSerializer.Serialize(_objects), System.Text.Encoding.Unicode);
        Assert.Equal(["Root", "Issuing"], Import(write: false).Value);
    }

    [Fact]
    public void One_name_does_not_fit_several_authorities()
    {
        File.WriteAllText(_ours.File("dump.json"), JsonSerializer.Serialize(_objects));
        Assert.Equal("ImportNameTakesOne", Assert.ThrowsAny<CaException>(() => _ours.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new DjangoCaSource(_ours.File("dump.json"), _ours.File("files")), Name = "x" })).ErrorId);
    }

    private Issued<IReadOnlyList<string>> Import(bool write = true)
    {
        if (write)
            File.WriteAllText(_ours.File("dump.json"), JsonSerializer.Serialize(_objects));
        return _ours.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new DjangoCaSource(_ours.File("dump.json"), _ours.File("files")) });
    }

    private void AddAuthority(int id, CaAuthority authority, int? parent, string crl) => Add("django_ca.certificateauthority", id, new()
    {
        ["created"] = "2017-01-02T03:04:05.678Z",
        ["expires"] = "2027-01-02T03:04:05Z",
        ["csr"] = "",
        ["pub"] = authority.ToPem(),
        ["cn"] = authority.Name,
        ["serial"] = authority.SerialNumber,
        ["name"] = authority.Name,
        ["enabled"] = true,
        ["parent"] = parent is { } number ? new BsonValue(number) : BsonValue.Null,
        ["private_key_path"] = $"/var/lib/django-ca/{authority.SerialNumber.Replace(":", "")}.key",
        ["crl_url"] = crl,
        ["issuer_url"] = BsonValue.Null,
        ["ocsp_url"] = "http://ocsp.example.com/",
        ["issuer_alt_name"] = BsonValue.Null,
    });

    private void AddCertificate(int id, CaCertificate certificate, string? reason, params int[] watchers) => Add("django_ca.certificate", id, new()
    {
        ["created"] = "2017-01-02T03:04:05.678Z",
        ["expires"] = "2027-01-02T03:04:05Z",
        ["csr"] = "",
        ["pub"] = certificate.ToPem(),
        ["cn"] = certificate.CommonName,
        ["serial"] = certificate.SerialNumber,
        ["ca"] = 2,
        ["revoked"] = reason is not null,
        ["revoked_date"] = reason is null ? BsonValue.Null : "2026-03-04T05:06:07.891Z",
        ["revoked_reason"] = reason ?? "",
        ["watchers"] = new BsonArray(watchers.Select(watcher => new BsonValue(watcher))),
    });

    private void Add(string model, int id, BsonDocument fields) => _objects.Add(new BsonDocument { ["model"] = model, ["pk"] = id, ["fields"] = fields });

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
    }
}
