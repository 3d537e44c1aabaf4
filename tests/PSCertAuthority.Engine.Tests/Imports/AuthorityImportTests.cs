using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Authorities that other tools made live on here, with all that they issued and revoked.</summary>
public sealed class AuthorityImportTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void A_directory_of_openssl_ca_comes_with_what_it_issued_and_revoked()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        string good = old.Issue("good.example.com");
        string hold = old.Issue("hold.example.com");
        string bad = old.Issue("bad.example.com");
        old.Issue("ended.example.com", "-startdate", "20200101000000Z", "-enddate", "20210101000000Z");
        old.Revoke(bad, "-crl_compromise", "20260102030405Z");
        old.Revoke(hold, "-crl_hold", "holdInstructionReject");
        string theirs = old.MakeCrl("old.crl");

        CaAuthority authority = Import(new OpenSslSource(old.Path), "Old");
        Assert.True(authority.HasPrivateKey);
        Assert.Equal("Old", authority.Name);
        Assert.Equal(
            ["bad.example.com Revoked KeyCompromise", "ended.example.com Expired ", "good.example.com Valid ", "hold.example.com Suspended CertificateHold"],
            All().Select(c => $"{c.CommonName} {c.Status} {c.RevocationReason}"));
        CaCrl crl = _store.Engine.Crls.Create("Old", null, TimeSpan.FromDays(1));
        Assert.Equal(0x20, crl.Number);
        File.WriteAllText(_store.File("new.crl"), crl.ToPem());
        Assert.Equal(RevokedIn(theirs), RevokedIn(_store.File("new.crl")));

        string issued = _store.File("new.pem");
        File.WriteAllText(issued, _store.Issue("/CN=new.example.com", "Old").ToPem());
        string[] check = ["verify", "-crl_check", "-CAfile", old.File("authority.pem"), "-CRLfile", _store.File("new.crl")];
        Tool.Succeed("openssl", [.. check, good]);
        Assert.Contains("certificate revoked", Tool.Run("openssl", [.. check, bad]).Output);
        Tool.Succeed("openssl", [.. check, issued]);
        Assert.True(_store.Engine.Care.Test().Passed, string.Join("; ", _store.Engine.Care.Test().Findings.Select(f => f.Message)));
    }

    [JudgedFact("easyrsa")]
    public void A_pki_of_easy_rsa_comes_with_what_it_issued_and_revoked()
    {
        string pki = _store.File("pki");
        void EasyRsa(params string[] arguments) => Tool.Succeed(Judges.EasyRsa, ["--batch", "--pki-dir=" + pki, .. arguments]);
        EasyRsa("init-pki");
        EasyRsa("--req-cn=Easy Root", "build-ca", "nopass");
        EasyRsa("build-server-full", "a.example.com", "nopass");
        EasyRsa("build-client-full", "ann", "nopass");
        EasyRsa("revoke", "ann", "superseded");
        EasyRsa("gen-crl");

        CaAuthority authority = Import(new EasyRsaSource(_store.Folder), null);
        Assert.Equal("Easy Root", authority.Name);
        Assert.Equal(["a.example.com Valid ", "ann Revoked Superseded"], All().Select(c => $"{c.CommonName} {c.Status} {c.RevocationReason}"));
        File.WriteAllText(_store.File("new.crl"), _store.Engine.Crls.Create("Easy Root", null, TimeSpan.FromDays(1)).ToPem());
        Assert.Equal(RevokedIn(Path.Combine(pki, "crl.pem")), RevokedIn(_store.File("new.crl")));
        string[] check = ["verify", "-crl_check", "-CAfile", Path.Combine(pki, "ca.crt"), "-CRLfile", _store.File("new.crl")];
        Tool.Succeed("openssl", [.. check, Path.Combine(pki, "issued", "a.example.com.crt")]);
    }

    [JudgedFact("openssl")]
    public void An_encrypted_key_stays_encrypted()
    {
        var old = new OpenSslDirectory(_store.File("ca"), keyPassword: "first one");
        Assert.Equal("KeyPasswordRequired", Refused(new OpenSslSource(old.Path)));
        Assert.Equal("KeyPasswordWrong", Refused(new OpenSslSource(old.Path), Password("another")));
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new OpenSslSource(old.Path), Password = Password("first one") });
        Assert.Contains("ENCRYPTED PRIVATE KEY", File.ReadAllText(_store.Engine.Authorities.Get("Old Root").KeyFile));
        _store.Engine.Crls.Create("Old Root", Password("first one"), TimeSpan.FromDays(1));
    }

    [JudgedFact("openssl")]
    public void What_is_missing_or_foreign_is_said_and_the_rest_comes()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        string lost = old.Issue("lost.example.com");
        string revoked = old.Issue("revoked.example.com");
        old.Issue("stays.example.com");
        old.Revoke(revoked, "-crl_reason", "superseded");
        foreach (string path in Directory.GetFiles(old.File("newcerts")).Where(path => File.ReadAllText(path) is var pem && (pem == File.ReadAllText(lost) || pem == File.ReadAllText(revoked))))
            File.Delete(path);
        Issued<IReadOnlyList<string>> imported = _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new OpenSslSource(old.Path) });
        Assert.Equal(2, imported.Warnings.Count(warning => warning.Contains("missing")));
        Assert.Equal("stays.example.com", All().Single().CommonName);
        File.WriteAllText(_store.File("new.crl"), _store.Engine.Crls.Create("Old Root", null, TimeSpan.FromDays(1)).ToPem());
        Assert.Contains("certificate revoked", Tool.Run("openssl", "verify", "-crl_check", "-CAfile", old.File("authority.pem"), "-CRLfile", _store.File("new.crl"), revoked).Output);

        // The file turns up again: it is revoked from the start.
        CaCertificate found = _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(revoked), Source = "x" }).Single();
        Assert.Equal(RevocationReason.Superseded, found.RevocationReason);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void What_cannot_be_taken_over_changes_nothing()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        string leaf = old.Issue("a.example.com");
        string index = File.ReadAllText(old.File("index.txt"));
        foreach ((string broken, string id) in new[]
        {
            ("nonsense\n", "ImportIndexInvalid"), (index.Replace("V\t", "X\t"), "ImportIndexInvalid"), (index + index, "ImportIndexInvalid"),
            (index.Replace("V\t", "R\t"), "ImportIndexInvalid"), (index.Replace("Z\t\t", "Z\t261301000000Z\t"), ""),
        })
        {
            File.WriteAllText(old.File("index.txt"), broken);
            if (id.Length > 0)
                Assert.Equal(id, Refused(new OpenSslSource(old.Path)));
        }

        File.Delete(old.File("index.txt"));
        Assert.Equal("ImportFileMissing", Refused(new OpenSslSource(old.Path)));
        File.WriteAllText(old.File("index.txt"), index);
        File.WriteAllText(old.File("crlnumber"), "xyz");
        Assert.Equal("ImportNumberInvalid", Refused(new OpenSslSource(old.Path)));
        File.Copy(old.File("a.example.com.key"), old.File("private/authority.key"), overwrite: true);
        File.WriteAllText(old.File("crlnumber"), "01");
        Assert.Equal("KeyMismatch", Refused(new OpenSslSource(old.Path)));
        Assert.Equal("ImportNotAuthority", Refused(new FileSource(leaf)));
        Assert.Equal("KeyMismatch", Refused(new FileSource(old.File("authority.pem"), leaf.Replace(".pem", ".key"))));
        Assert.Equal("ImportFileMissing", Refused(new FileSource(_store.File("nothing.pem"))));
        Assert.Equal("ImportCertificateMissing", Refused(new FileSource(old.File("private/authority.key"))));
        Assert.Equal("ImportConfigurationInvalid", Refused(new OpenSslSource(old.Path, Bomb())));
        Assert.Empty(_store.Engine.Authorities.List());
        Assert.False(Directory.Exists(_store.File("ca.keys")));
        byte[] forged = File.ReadAllBytes(old.File("authority.pem"));
        Assert.Equal("ImportSignatureInvalid", Refused(new FileSource(Forge(forged))));
    }

    [Theory]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Ed448)]
    public void An_authority_exported_and_imported_is_the_same(KeyType type)
    {
        CaAuthority before = _store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: 1, type: type)).Value;
        CaCertificate leaf = _store.Issue("/CN=a.example.com");
        using var other = new TestStore();
        File.WriteAllText(other.File("root.pem"), before.ToPem() + File.ReadAllText(before.KeyFile));
        File.WriteAllBytes(other.File("root.cer"), before.ToDer());
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("root.pem")), Name = "Root" });
        CaAuthority after = other.Engine.Authorities.Get("Root");
        Assert.Equal(before.Sha256Fingerprint, after.Sha256Fingerprint);
        Assert.Equal(before.SerialNumber, after.SerialNumber);
        Assert.Equal(before.NotAfter, after.NotAfter);
        Assert.Equal(File.ReadAllText(before.KeyFile), File.ReadAllText(after.KeyFile));
        CaCertificate imported = other.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = leaf.ToDer(), Source = "leaf" }).Single();
        Assert.Equal(leaf.Sha256Fingerprint, imported.Sha256Fingerprint);
        Assert.Equal(leaf.SerialNumber, other.Engine.Certificates.Get("a.example.com").SerialNumber);
        other.Issue("/CN=b.example.com");
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => other.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new FileSource(other.File("root.cer")), Name = "Again" })).ErrorId);
        Assert.True(other.Engine.Care.Test().Passed);
    }

    [Theory]
    [InlineData(Pkcs12Compatibility.Modern, KeyType.RSA)]
    [InlineData(Pkcs12Compatibility.Legacy, KeyType.RSA)]
    [InlineData(Pkcs12Compatibility.Modern, KeyType.EC)]
    [InlineData(Pkcs12Compatibility.Modern, KeyType.Ed25519)]
    public void An_authority_comes_from_pkcs12(Pkcs12Compatibility compatibility, KeyType type)
    {
        CaAuthority before = _store.Engine.Authorities.Create(TestStore.Authority("Root", type: type)).Value;
        using PrivateKey key = PrivateKeyFile.Read(before.KeyFile, null, "Root");
        File.WriteAllBytes(_store.File("root.p12"), Pkcs12File.Encode(key, [before.ToDer()], new Pkcs12Options { Password = Password("secret"), Compatibility = compatibility }));
        using var other = new TestStore();
        Assert.Equal("ImportPfxInvalid", Assert.ThrowsAny<CaException>(() => other.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new FileSource(_store.File("root.p12")), Password = Password("wrong") })).ErrorId);
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("root.p12")), Password = Password("secret"), NewPassword = Password("new") });
        CaAuthority after = other.Engine.Authorities.List().Single();
        Assert.Equal(before.Sha256Fingerprint, after.Sha256Fingerprint);
        other.Engine.Crls.Create(after, Password("new"), TimeSpan.FromDays(1));
    }

    [Fact]
    public void Chains_become_whole_whatever_the_order()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.Superseded, null);
        using var other = new TestStore();
        File.WriteAllText(other.File("issuing.pem"), issuing.ToPem());
        File.WriteAllText(other.File("root.pem"), _store.Engine.Authorities.Get("Root").ToPem());
        Issued<IReadOnlyList<string>> first = other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("issuing.pem")), Name = "Issuing" });
        Assert.Contains(first.Warnings, warning => warning.Contains("is not in this store"));
        Assert.False(other.Engine.Authorities.Get("Issuing").HasPrivateKey);
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("root.pem")), Name = "Root" });
        Assert.Equal("Root", other.Engine.Authorities.Get("Issuing").Parent);
        Assert.Equal("ImportIsAuthority", Assert.ThrowsAny<CaException>(() => _store.Engine.Imports.ImportCertificate(
            new CertificateImportRequest { Content = Sub().ToDer(), Source = "sub" })).ErrorId);

        CaAuthority Sub()
        {
            CaAuthority sub = _store.Engine.Authorities.Create(TestStore.Authority("Sub", "Root")).Value;
            _store.Engine.Authorities.Remove("Sub", LiveCertificates.Abandon, KeyDisposal.Delete);
            return sub;
        }
    }

    [Fact]
    public void Certificates_are_only_taken_from_their_own_authority()
    {
        _store.Root();
        CaCertificate own = _store.Issue("/CN=a.example.com");
        using var other = new TestStore();
        other.Root();
        string Refuse(CertificateImportRequest request) => Assert.ThrowsAny<CaException>(() => other.Engine.Imports.ImportCertificate(request)).ErrorId;
        Assert.Equal("ImportIssuerUnknown", Refuse(new() { Content = own.ToDer(), Source = "x" }));
        Assert.Equal("ImportIssuerMismatch", Refuse(new() { Content = own.ToDer(), Source = "x", Authority = "Root" }));
        Assert.Equal("CertificateUnreadable", Refuse(new() { Content = [1, 2, 3], Source = "x" }));
        CaCertificate theirs = other.Issue("/CN=b.example.com");
        Assert.Equal("ImportCertificateExists", Refuse(new() { Content = theirs.ToDer(), Source = "x" }));
        Assert.Equal("ImportRevokedAtInvalid", Refuse(new() { Content = theirs.ToDer(), Source = "x", RevokedAt = DateTime.Now.AddDays(1) }));
        Assert.Equal("ProfileNotFound", Refuse(new() { Content = theirs.ToDer(), Source = "x", Profile = "nobody" }));
        Assert.Equal("ImportCrlNumberInvalid", Assert.ThrowsAny<CaException>(() => other.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new FileSource("x"), LastCrlNumber = -1 })).ErrorId);
        Assert.Single(other.Engine.Certificates.List(new CertificateFilter()));
    }

    private CaAuthority Import(AuthoritySource source, string? name)
    {
        Issued<IReadOnlyList<string>> imported = _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = source, Name = name });
        Assert.Empty(imported.Warnings);
        return _store.Engine.Authorities.Get(imported.Value.Single());
    }

    private string Refused(AuthoritySource source, SecureString? password = null) =>
        Assert.ThrowsAny<CaException>(() => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = source, Password = password })).ErrorId;

    private CaCertificate[] All() =>
        [.. _store.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() }).OrderBy(c => c.CommonName, StringComparer.Ordinal)];

    private static string[] RevokedIn(string crl) =>
        [.. Tool.Succeed("openssl", "crl", "-in", crl, "-noout", "-text").Split('\n').Where(line => line.Contains("Serial Number:")).Order()];

    private string Bomb()
    {
        string path = _store.File("bomb.cnf");
        File.WriteAllLines(path, ["a0 = 0123456789", .. Enumerable.Range(1, 40).Select(i => $"a{i} = $a{i - 1}$a{i - 1}")]);
        return path;
    }

    /// <summary>Another subject key octet, so that its own signature no longer fits.</summary>
    private string Forge(byte[] pem)
    {
        byte[] der = Pem.Decode(pem)[0].Content;
        der[^1] ^= 1;
        File.WriteAllBytes(_store.File("forged.cer"), der);
        return _store.File("forged.cer");
    }

    private static SecureString Password(string text)
    {
        var password = new SecureString();
        foreach (char c in text)
            password.AppendChar(c);
        return password;
    }

    public void Dispose() => _store.Dispose();
}
