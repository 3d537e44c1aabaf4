using System;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>An authority object is the authority whose present or former certificate it has, in its store, and never another (SPEC, section 1).</summary>
public sealed class AuthorityIdentityTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_removed_authority_leaves_its_number_to_nobody()
    {
        _store.Root();
        CaAuthority stale = _store.Engine.Authorities.Create(TestStore.Authority("Old")).Value;
        _store.Engine.Authorities.Remove("Old", LiveCertificates.Refuse, KeyDisposal.Delete);
        CaAuthority made = _store.Engine.Authorities.Create(TestStore.Authority("Old")).Value;
        Assert.Equal((2, 3), (stale.Id, made.Id));
        AssertRefused("AuthorityNotFound", _store, stale);
    }

    [Fact]
    public void An_authority_object_of_another_store_is_refused()
    {
        using var other = new TestStore();
        CaAuthority foreign = other.Root();
        _store.Root();
        AssertRefused("AuthorityOfOtherStore", _store, foreign);
    }

    [Fact]
    public void An_object_from_before_a_renewal_goes_on_to_name_its_authority()
    {
        CaAuthority root = _store.Root();
        CaAuthority before = _store.Issuing();
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = before });
        CaAuthority renewed = _store.Engine.Authorities.Get(before);
        Assert.NotEqual(before.SerialNumber, renewed.SerialNumber);
        Assert.Equal(before.Id, renewed.Id);
        Assert.Equal(before.Id, _store.Engine.Authorities.Get(before.SerialNumber).Id);
        Assert.Equal(before.Id, _store.Engine.Authorities.Get(new AuthorityIdentity(before.ToX509Certificate2())).Id);

        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = root });
        Assert.Equal(root.Id, _store.Engine.Authorities.Get(root).Id);
    }

    [Fact]
    public void After_a_new_key_an_object_of_the_old_one_names_the_old_one()
    {
        CaAuthority old = _store.Root();
        CaAuthority successor = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = old, Key = AuthorityKey.Replace }).Value;
        Assert.Equal("Root", successor.Name);
        Assert.Equal(old.SerialNumber, _store.Engine.Authorities.Get(old).SerialNumber);
        Assert.Equal("AuthorityReplaced", Assert.IsType<CaAuthorityException>(_store.TryIssue(RequestBy(_store, old)).Error).ErrorId);
    }

    [Fact]
    public void A_foreign_certificate_names_no_authority()
    {
        using var other = new TestStore();
        CaAuthority foreign = other.Root();
        _store.Root();
        CaAuthorityException error = Assert.Throws<CaAuthorityException>(() => _store.Engine.Authorities.Get(new AuthorityIdentity(foreign.ToX509Certificate2())));
        Assert.Equal("AuthorityNotFound", error.ErrorId);
    }

    [Fact]
    public void A_complete_serial_number_or_thumbprint_goes_before_a_common_name()
    {
        CaAuthority root = _store.Root();
        string digits = root.SerialNumber.Replace(":", "", StringComparison.Ordinal);
        _store.Engine.Authorities.Create(TestStore.Authority("Decoy") with { Subject = DistinguishedName.Parse("/CN=" + digits) });
        Assert.Equal("Root", _store.Engine.Authorities.Get("0x" + digits).Name);
        Assert.Equal("Root", _store.Engine.Authorities.Get("00" + digits.ToLowerInvariant()).Name);
        Assert.Equal("Root", _store.Engine.Authorities.Get(root.Thumbprint).Name);
        Assert.Equal("Root", _store.Engine.Authorities.Get(root.Sha256Fingerprint).Name);
    }

    [Fact]
    public void A_prefix_that_is_the_common_name_of_another_authority_is_ambiguous()
    {
        CaAuthority root = _store.Root();
        string start = root.SerialNumber.Replace(":", "", StringComparison.Ordinal)[..12];
        _store.Engine.Authorities.Create(TestStore.Authority("Decoy") with { Subject = DistinguishedName.Parse("/CN=" + start) });
        Assert.Equal("AuthorityAmbiguous", Assert.Throws<CaAuthorityException>(() => _store.Engine.Authorities.Get(start)).ErrorId);
        Assert.Equal(["Decoy", "Root"], _store.Engine.Authorities.GetAll(start).Select(a => a.Name).Order());
    }

    [Fact]
    public void A_name_that_is_the_serial_number_of_another_authority_is_ambiguous()
    {
        CaAuthority root = _store.Root();
        string digits = root.SerialNumber.Replace(":", "", StringComparison.Ordinal);
        // As a store from before such names were refused has it.
        _store.Issuing();
        new CaStore(_store.StorePath).Write(unit => unit.Authorities.Update(unit.Authorities.FindByName("Issuing")! with { Name = digits }));
        Assert.Equal("AuthorityAmbiguous", Assert.Throws<CaAuthorityException>(() => _store.Engine.Authorities.Get(digits)).ErrorId);
    }

    [Fact]
    public void A_pipeline_that_opened_an_authority_does_not_issue_into_a_store_that_took_its_place()
    {
        using var other = new TestStore();
        other.Root();
        _store.Root();
        CertificateIssueRequest request = RequestBy(_store, "Root");
        using IssuancePipeline pipeline = _store.Engine.BeginIssuance();
        pipeline.Submit(request);
        Assert.Null(pipeline.Take().Error);
        System.IO.File.Copy(other.StorePath, _store.StorePath, overwrite: true);
        pipeline.Submit(request);
        Assert.Equal("AuthorityNotFound", Assert.IsType<CaAuthorityException>(pipeline.Take().Error).ErrorId);
    }

    [Fact]
    public void A_restored_store_gives_no_number_again_that_the_replaced_one_gave()
    {
        _store.Root();
        string backup = _store.File("backup.psca");
        _store.Engine.Care.Backup(backup, password: null, overwrite: false);
        _store.Engine.Authorities.Create(TestStore.Authority("Lost"));
        _store.Engine.Care.Restore(backup, password: null, withKeys: false, overwrite: true);
        Assert.Equal(3, _store.Engine.Authorities.Create(TestStore.Authority("Added")).Value.Id);
    }

    private static CertificateIssueRequest RequestBy(TestStore store, AuthorityIdentity authority) => new()
    {
        Authority = authority,
        Request = store.Csr("/CN=a.example.com"),
        Subject = DistinguishedName.Parse("/CN=a.example.com"),
    };

    private static void AssertRefused(string id, TestStore store, CaAuthority authority)
    {
        Assert.Equal(id, Assert.Throws<CaAuthorityException>(() => store.Engine.Authorities.Get(authority)).ErrorId);
        Assert.Equal(id, Assert.IsType<CaAuthorityException>(store.TryIssue(RequestBy(store, authority)).Error).ErrorId);
        Assert.Equal(id, Assert.Throws<CaAuthorityException>(() => store.Engine.Crls.Create(authority, null, TimeSpan.FromDays(1))).ErrorId);
        Assert.Equal(id, Assert.Throws<CaAuthorityException>(() => store.Engine.Revocations.RevokeAuthority(authority, RevocationReason.Superseded, null)).ErrorId);
        Assert.Equal(id, Assert.Throws<CaAuthorityException>(() => store.Engine.Authorities.Remove(authority, LiveCertificates.Abandon, KeyDisposal.Keep)).ErrorId);
        Assert.Equal(id, Assert.Throws<CaAuthorityException>(() => store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = authority })).ErrorId);
    }
}
