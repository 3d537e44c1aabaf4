using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>After an authority was renewed, verifiers go on to accept what it issued before and after.</summary>
public sealed class AuthorityRenewalTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void With_the_same_key_the_children_validate_below_either_certificate()
    {
        CaAuthority root = _store.Root();
        CaAuthority issuing = _store.Issuing();
        string leaf = Write("leaf", _store.Issue("/CN=a.example.com", "Issuing").ToPem());
        CaAuthority newRoot = Renew("Root");
        CaAuthority newIssuing = Renew("Issuing");
        string after = Write("after", _store.Issue("/CN=b.example.com", "Issuing").ToPem());
        Assert.Equal(root.PublicKeyPin, newRoot.PublicKeyPin);
        Assert.NotEqual(root.SerialNumber, newRoot.SerialNumber);
        foreach (CaAuthority anchor in new[] { root, newRoot })
        {
            foreach (CaAuthority intermediate in new[] { issuing, newIssuing })
            {
                foreach (string certificate in new[] { leaf, after })
                    Verify(anchor.ToPem(), intermediate.ToPem(), certificate);
            }
        }

        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("certtool")]
    public void GnuTls_accepts_the_chain_of_renewed_authorities()
    {
        _store.Root();
        _store.Issuing();
        string leaf = _store.Issue("/CN=a.example.com", "Issuing").ToPem();
        string anchor = Write("anchor", Renew("Root").ToPem());
        Assert.Contains("Chain verification output: Verified", Tool.Succeed(
            "certtool", "--verify", "--load-ca-certificate", anchor, "--infile", Write("chain", leaf + Renew("Issuing").ToPem())));
    }

    [JudgedFact("openssl")]
    public void With_a_new_key_and_cross_certificates_either_root_is_trust_enough()
    {
        CaAuthority old = _store.Root(pathLength: 0);
        string before = Write("before", _store.Issue("/CN=a.example.com").ToPem());
        CaAuthority renewed = Renew("Root", AuthorityKey.ReplaceAndCrossSign);
        string after = Write("after", _store.Issue("/CN=b.example.com").ToPem());
        Assert.NotEqual(old.PublicKeyPin, renewed.PublicKeyPin);
        string newWithOld = Single("Root-1", old.Subject.ToString());
        string oldWithNew = Single("Root", old.Subject.ToString());

        Verify(old.ToPem(), string.Empty, before);
        Verify(renewed.ToPem(), string.Empty, after);
        Verify(old.ToPem(), newWithOld, after);
        Verify(renewed.ToPem(), oldWithNew, before);
        Assert.NotEqual(0, Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", Write("anchor", old.ToPem()), after).ExitCode);
        Assert.NotEqual(0, Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", Write("anchor", renewed.ToPem()), before).ExitCode);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedTheory("certtool")]
    [InlineData(null, false, false)]
    [InlineData(0, false, true)]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(2, true, false)]
    public void A_crossed_path_that_GnuTls_refuses_for_its_length_is_told_of(int? pathLength, bool withSubordinate, bool refused)
    {
        CaAuthority old = _store.Root(pathLength);
        if (withSubordinate) _store.Issuing();
        Issued<CaAuthority> renewed = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.ReplaceAndCrossSign });
        if (withSubordinate) Renew("Issuing");
        string issuer = withSubordinate ? "Issuing" : "Root";
        string chain = _store.Issue("/CN=a.example.com", issuer).ToPem() + (withSubordinate ? _store.Engine.Authorities.Get(issuer).ToPem() : string.Empty) + Single("Root-1", old.Subject.ToString());

        Assert.Equal(refused, renewed.Warnings.Any(warning => warning.Contains("GnuTLS")));
        string said = Tool.Run("certtool", "--verify", "--load-ca-certificate", Write("anchor", old.ToPem()), "--infile", Write("chain", chain)).Output;
        Assert.Equal(refused, !said.Contains("Chain verification output: Verified"));
    }

    [JudgedFact("openssl")]
    public void A_key_that_was_replaced_goes_on_to_revoke_what_it_issued()
    {
        CaAuthority old = _store.Root(pathLength: 0);
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        string before = Write("before", certificate.ToPem());
        CaAuthority renewed = Renew("Root", AuthorityKey.Replace);
        string after = Write("after", _store.Issue("/CN=b.example.com").ToPem());
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.KeyCompromise, null);
        string oldCrl = Write("old.crl", _store.Engine.Crls.Create("Root-1", null, TimeSpan.FromDays(1)).ToPem());
        string newCrl = Write("new.crl", _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToPem());
        string both = Write("both", old.ToPem() + renewed.ToPem());
        string[] check = ["verify", "-x509_strict", "-crl_check", "-CAfile", both, "-CRLfile", oldCrl, "-CRLfile", newCrl];
        Tool.Succeed("openssl", [.. check, after]);
        (int exitCode, string output) = Tool.Run("openssl", [.. check, before]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("certificate revoked", output);
    }

    [JudgedFact("openssl")]
    public void An_authority_below_a_replaced_root_stays_valid_and_is_renewed_below_the_new_one()
    {
        CaAuthority old = _store.Root();
        CaAuthority issuing = _store.Issuing();
        string leaf = Write("leaf", _store.Issue("/CN=a.example.com", "Issuing").ToPem());
        CaAuthority root = Renew("Root", AuthorityKey.Replace);
        Assert.Equal("Root-1", _store.Engine.Authorities.Get("Issuing").Parent);
        Write("later", _store.Issue("/CN=c.example.com", "Issuing").ToPem());
        Verify(old.ToPem(), issuing.ToPem(), leaf);
        CaAuthority moved = Renew("Issuing");
        Assert.Equal("Root", moved.Parent);
        Verify(root.ToPem(), moved.ToPem(), leaf);
    }

    [Fact]
    public void What_the_authority_may_and_where_it_points_is_kept()
    {
        _store.Root();
        CaAuthority before = _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root") with
        {
            NameConstraints = NameConstraints.Create(["DNS:example.com"], []),
            OwnCrlUrls = ["http://own.example.com/root.crl"],
            Urls = new AuthorityUrls { Crl = ["http://crl.example.com/issuing.crl"] },
            ValidDays = 100,
        }).Value;
        CaAuthority after = Renew("Issuing");
        string[] Shown(CaAuthority authority) => [.. authority.Extensions.Select(e => e.ToString())];
        Assert.Equal(Shown(before).Order(), Shown(after).Order());
        Assert.Equal(before.Subject, after.Subject);
        Assert.Equal(before.CrlUrl, after.CrlUrl);
        Assert.Equal(before.PathLength, after.PathLength);
        Assert.InRange((after.NotAfter - before.NotAfter).TotalSeconds, 0, 3600);
    }

    [Fact]
    public void Revoking_an_authority_revokes_its_earlier_certificates_too()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        Renew("Issuing");
        _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.KeyCompromise, null);
        Assert.Equal(RevocationReason.KeyCompromise, _store.Engine.Certificates.Get(issuing.SerialNumber).RevocationReason);
        Assert.Equal(2, _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void Removing_the_successor_lets_the_predecessor_issue_again()
    {
        _store.Root(pathLength: 0);
        Renew("Root", AuthorityKey.ReplaceAndCrossSign);
        Assert.Equal("AuthorityReplaced", Assert.Throws<CaAuthorityException>(() => _store.Issue("/CN=a.example.com", "Root-1")).ErrorId);
        Assert.Equal("AuthorityReplaced", Assert.Throws<CaAuthorityException>(() => Renew("Root-1")).ErrorId);
        _store.Engine.Authorities.Remove("Root", LiveCertificates.Abandon, KeyDisposal.Delete);
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Get("Root-1").Status);
        _store.Issue("/CN=a.example.com", "Root-1");
    }

    [Fact]
    public void A_refused_renewal_changes_nothing()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        void Refused(string id, AuthorityRenewalRequest request)
        {
            Assert.Equal(id, Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Renew(request)).ErrorId);
            Assert.Equal(2, _store.Engine.Authorities.List().Count);
            Assert.Equal(issuing.SerialNumber, _store.Engine.Authorities.Get("Issuing").SerialNumber);
            Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(issuing.KeyFile)!).Length);
        }

        Refused("UrlInvalid", new() { Authority = "Issuing", OwnCrlUrls = ["nonsense"] });
        Refused("UrlInvalid", new() { Authority = "Issuing", Urls = new AuthorityUrls { Ocsp = ["nonsense"] } });
        Refused("ValidDaysInvalid", new() { Authority = "Issuing", ValidDays = 0 });
        Refused("EndInPast", new() { Authority = "Issuing", NotAfter = DateTime.Now.AddDays(-1) });
        Refused("AuthorityNameInvalid", new() { Authority = "Issuing", Key = AuthorityKey.Replace, PreviousName = "*" });
        Refused("AuthorityNameExists", new() { Authority = "Issuing", Key = AuthorityKey.Replace, PreviousName = "root" });
        Refused("RootNotRevocable", new() { Authority = "Root", Present = RenewedCertificate.Revoke });
        Refused("AuthorityNotFound", new() { Authority = "Nobody" });
        _store.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: false);
        Refused("AuthorityDisabled", new() { Authority = "Issuing" });
    }

    private CaAuthority Renew(string name, AuthorityKey key = AuthorityKey.Keep) =>
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = name, Key = key }).Value;

    private string Single(string authority, string subject) =>
        _store.Engine.Certificates.List(new CertificateFilter { Authority = authority }).Single(c => c.Subject.ToString() == subject).ToPem();

    private void Verify(string anchor, string untrusted, string certificate)
    {
        string[] further = untrusted.Length == 0 ? [] : ["-untrusted", Write("untrusted", untrusted)];
        Tool.Succeed("openssl", ["verify", "-x509_strict", "-CAfile", Write("anchor", anchor), .. further, certificate]);
    }

    private string Write(string name, string pem)
    {
        string path = _store.File(name + ".pem");
        File.WriteAllText(path, pem);
        return path;
    }

    public void Dispose() => _store.Dispose();
}
