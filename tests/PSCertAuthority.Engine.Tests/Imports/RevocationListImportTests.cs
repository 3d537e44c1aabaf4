using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Revocations from a CRL that an authority signed elsewhere, also of certificates that this store never saw.</summary>
public sealed class RevocationListImportTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly OpenSslDirectory _old;
    private readonly string _good, _bad, _hold;

    public RevocationListImportTests()
    {
        _old = new OpenSslDirectory(_store.File("ca"));
        _good = _old.Issue("good.example.com");
        _bad = _old.Issue("bad.example.com");
        _hold = _old.Issue("hold.example.com");
        _old.Revoke(_bad, "-crl_compromise", "20260102030405Z");
        _old.Revoke(_hold, "-crl_hold", "holdInstructionNone");
    }

    [JudgedTheory("openssl")]
    [InlineData("PEM")]
    [InlineData("DER")]
    public void Certificates_that_the_store_never_saw_stay_revoked(string form)
    {
        string crl = _old.MakeCrl("old.crl");
        Tool.Succeed("openssl", "crl", "-in", crl, "-outform", form, "-out", _store.File("given.crl"));
        Import(_store.File("given.crl"));
        Assert.Empty(_store.Engine.Certificates.List(new CertificateFilter { Status = [CertificateStatus.Valid, CertificateStatus.Revoked] }));
        CaCrl made = Publish();
        Assert.Equal(0x20, made.Number);
        Assert.Equal(2, made.EntryCount);
        AssertRevoked(_bad, true);
        AssertRevoked(_good, false);
        string text = Tool.Succeed("openssl", "crl", "-in", _store.File("new.crl"), "-noout", "-text");
        Assert.Contains("Key Compromise", text);
        Assert.Contains("Invalidity Date", text);
        Assert.Contains("Certificate Hold", text);

        // The certificate itself comes later, and is revoked from the start.
        CaCertificate found = _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(_bad), Source = "x" }).Single();
        Assert.Equal(RevocationReason.KeyCompromise, found.RevocationReason);
        Assert.Equal("CertificateRevokedBefore", Assert.ThrowsAny<CaException>(() => _store.Engine.Revocations.Revoke(found, RevocationReason.Superseded, null)).ErrorId);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void An_authority_that_is_there_takes_what_is_new()
    {
        Import();
        CaCertificate good = ImportCertificate(_good), bad = ImportCertificate(_bad), hold = ImportCertificate(_hold);
        _store.Engine.Revocations.Revoke(good, RevocationReason.Superseded, null);
        _store.Engine.Revocations.Revoke(hold, RevocationReason.CertificateHold, null);
        Import(_old.MakeCrl("old.crl"));
        Assert.Equal(RevocationReason.KeyCompromise, _store.Engine.Certificates.Get(bad).RevocationReason);
        Assert.Equal(RevocationReason.Superseded, _store.Engine.Certificates.Get(good).RevocationReason);
        Assert.Equal(3, Publish().EntryCount);

        // The same again changes nothing; a number that was given out never comes again.
        long number = Publish().Number;
        Import(_store.File("ca/old.crl"));
        Assert.Equal(number + 1, Publish().Number);
        Assert.Single(_store.Engine.Authorities.List());
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void What_is_not_a_complete_crl_of_this_authority_is_refused_and_nothing_changes()
    {
        string crl = _old.MakeCrl("old.crl");
        CaAuthority root = _store.Root();
        _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1));
        string delta = Write("delta.crl", _store.Engine.Crls.Create(new CrlRequest { Authority = "Root", ValidFor = TimeSpan.FromDays(1), Kind = CrlKind.Delta }));
        string own = Write("own.crl", _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)));
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        byte[] forged = Convert.FromBase64String(string.Concat(File.ReadLines(crl).Where(line => !line.StartsWith('-'))));
        forged[^1] ^= 1;
        File.WriteAllBytes(_store.File("forged.crl"), forged);
        File.WriteAllText(_store.File("nonsense.crl"), "nonsense");

        Assert.Equal("ImportCrlMismatch", Refused(_old.File("authority.pem"), own));
        Assert.Equal("ImportCrlMismatch", Refused(_old.File("authority.pem"), _store.File("forged.crl")));
        Assert.Equal("ImportCrlInvalid", Refused(_old.File("authority.pem"), _store.File("nonsense.crl")));
        Assert.Equal("ImportCrlInvalid", Refused(_old.File("authority.pem"), _good));
        Assert.Equal("ImportFileMissing", Refused(_old.File("authority.pem"), _store.File("nothing.crl")));
        Assert.Equal("ImportCrlIsDelta", Refused(_store.File("root.pem"), delta));
        Assert.Equal(["Root"], _store.Engine.Authorities.List().Select(authority => authority.Name));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void A_subordinate_in_the_crl_of_its_parent_is_revoked()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        using var other = new TestStore();
        foreach (CaAuthority authority in new[] { _store.Engine.Authorities.Get("Root"), issuing })
        {
            File.WriteAllText(other.File("one.pem"), authority.ToPem());
            other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("one.pem")), Name = authority.Name });
        }

        _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.CACompromise, null);
        File.WriteAllText(other.File("root.crl"), _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToPem());
        File.WriteAllText(other.File("one.pem"), _store.Engine.Authorities.Get("Root").ToPem());
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("one.pem")), CrlPaths = [other.File("root.crl")] });
        Assert.Equal((AuthorityStatus.Revoked, RevocationReason.CACompromise), (other.Engine.Authorities.Get("Issuing").Status, other.Engine.Authorities.Get("Issuing").RevocationReason));
        Assert.True(other.Engine.Care.Test().Passed);
    }

    public void Dispose() => _store.Dispose();

    private string Write(string name, CaCrl crl)
    {
        File.WriteAllBytes(_store.File(name), crl.ToDer());
        return _store.File(name);
    }

    private void Import(params string[] crls) => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest
    {
        Source = new FileSource(_old.File("authority.pem"), _old.File("private/authority.key")),
        CrlPaths = crls,
    });

    private string Refused(string authority, string crl) => Assert.ThrowsAny<CaException>(() =>
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(authority), CrlPaths = [crl] })).ErrorId;

    private CaCertificate ImportCertificate(string path) =>
        _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(path), Source = $"'{path}'" }).Single();

    private CaCrl Publish()
    {
        CaCrl crl = _store.Engine.Crls.Create("Old Root", null, TimeSpan.FromDays(1));
        File.WriteAllText(_store.File("new.crl"), crl.ToPem());
        return crl;
    }

    private void AssertRevoked(string certificate, bool revoked) => Assert.Equal(
        revoked,
        Tool.Run("openssl", "verify", "-crl_check", "-CAfile", _old.File("authority.pem"), "-CRLfile", _store.File("new.crl"), certificate).Output.Contains("certificate revoked"));

    private void AssertHealthy()
    {
        var result = _store.Engine.Care.Test();
        Assert.True(result.Passed, string.Join("; ", result.Findings.Select(finding => $"{finding.Kind} {finding.Target} {finding.Message}")));
    }
}
