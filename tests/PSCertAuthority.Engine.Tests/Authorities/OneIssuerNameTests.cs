using System;
using System.Collections.Generic;
using System.IO;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>Whoever signs in the name of an authority: pending successors inherit, keys from elsewhere are refused, and names mean one authority.</summary>
public sealed class OneIssuerNameTests : IDisposable
{
    private const string Subject = "/C=AT/O=Example/CN=Example Issuing";
    private readonly TestStore _store = new();

    public OneIssuerNameTests()
    {
        _store.Root();
        _store.Issuing();
    }

    [Fact]
    public void A_pending_successor_inherits_revocations_and_crl_numbers_of_a_removed_authority()
    {
        _store.Engine.Revocations.Revoke(_store.Issue("/CN=a.example.com", "Issuing"), RevocationReason.KeyCompromise, null);
        long number = Publish("Issuing").Number;
        Rekey();
        Assert.True(Publish("Issuing").Number > number);
        number = Publish("Issuing").Number;
        _store.Engine.Authorities.Remove("Issuing", LiveCertificates.Abandon, KeyDisposal.Keep);
        ImportAnswer();
        CaCrl crl = Publish("Issuing-new");
        Assert.Equal((number + 1, 1), (crl.Number, crl.EntryCount));
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_crl_number_outlives_the_backup_of_a_pending_authority()
    {
        Publish("Issuing");
        Rekey();
        _store.Engine.Authorities.Remove("Issuing", LiveCertificates.Abandon, KeyDisposal.Keep);
        using var password = new SecureString();
        password.AppendChar('x');
        _store.Engine.Care.Backup(_store.File("b.zip"), password, overwrite: false);
        _store.Engine.Care.Restore(_store.File("b.zip"), password, withKeys: true, overwrite: true);
        ImportAnswer();
        Assert.True(Publish("Issuing-new").Number > 1);
    }

    [Theory]
    [InlineData("/C=AT/O=Example/CN=Example Root")]
    [InlineData(Subject)]
    [InlineData("/C=AT/O=EXAMPLE/CN=example  issuing")]
    [InlineData("/O=Example/CN=Awaited")]
    public void A_request_from_elsewhere_does_not_get_the_subject_of_an_authority(string subject)
    {
        Pending("Awaited", "/O=Example/CN=Awaited");
        int before = _store.Engine.Authorities.List().Count;
        Assert.Equal("AuthoritySubjectExists", Assert.ThrowsAny<CaException>(() => Sign(subject)).ErrorId);
        Assert.Equal(before, _store.Engine.Authorities.List().Count);
        Assert.Equal("/O=Example/CN=Other", Sign("/O=Example/CN=Other").Subject.ToString());
    }

    [Fact]
    public void A_request_from_elsewhere_does_not_get_the_subject_of_an_issuer_that_is_elsewhere()
    {
        using var other = new TestStore();
        other.Engine.Authorities.Create(TestStore.Authority("Top", pathLength: 3));
        Pending("Between", "/O=Example/CN=Between", pathLength: 1);
        Import("between.pem", other.Engine.Authorities.Create(TestStore.Authority("Between", "Top", pathLength: 1) with
        {
            Subject = DistinguishedName.Parse("/O=Example/CN=Between"), Request = CertificateRequestReader.ReadFile(_store.File("pending.csr")),
        }).Value.ToPem());
        Assert.Equal("AuthoritySubjectExists", Assert.ThrowsAny<CaException>(() => Sign("/C=AT/O=Example/CN=Example Top", "Between")).ErrorId);
    }

    [Fact]
    public void A_second_key_of_a_subject_is_a_warning()
    {
        Assert.Contains(_store.Engine.Authorities.Create(TestStore.Authority("Issuing") with { Name = "Made" }).Warnings, warning => warning.Contains("'Issuing' has the subject"));
        Assert.Contains(Pending("Asked", Subject).Warnings, warning => warning.Contains("'Issuing' has the subject"));
        using var other = new TestStore();
        other.Root();
        Assert.Contains(Import("other.pem", other.Issuing().ToPem(), "Imported"), warning => warning.Contains("'Issuing' has the subject") && warning.Contains("do not list"));
    }

    [Fact]
    public void A_certificate_for_another_key_than_a_pending_one_is_no_answer()
    {
        Pending("Sub", "/O=Example/CN=Example Sub");
        using var other = new TestStore();
        string pem = other.Engine.Authorities.Create(TestStore.Authority("Sub") with { Subject = DistinguishedName.Parse("/O=Example/CN=Example Sub") }).Value.ToPem();
        Assert.Equal("ImportPendingKeyMismatch", Assert.ThrowsAny<CaException>(() => Import("sub.pem", pem, "Sub")).ErrorId);
        Assert.Equal("ImportPendingKeyMismatch", Assert.ThrowsAny<CaException>(() => Import("sub.pem", pem)).ErrorId);
        Assert.Contains(Import("sub.pem", pem, "Elsewhere"), warning => warning.Contains("pending authority 'Sub'") && warning.Contains("another key"));
        Assert.Equal(AuthorityStatus.Pending, _store.Engine.Authorities.GetWithPending("Sub").Status);
    }

    [Fact]
    public void A_name_goes_before_a_common_name_and_a_pending_authority_gives_way()
    {
        Rekey();
        Assert.Equal("Issuing", Assert.Single(_store.Engine.Authorities.GetAll("Example Issuing")).Name);
        Assert.Equal("Issuing", Assert.Single(_store.Engine.Authorities.GetAll("Issuing")).Name);
        Assert.Equal("Issuing-new", Assert.Single(_store.Engine.Authorities.GetAll("Issuing-new")).Name);
        // As a store from before such names were refused has it.
        Pending("Beside", "/O=Example/CN=Awaited");
        new CaStore(_store.StorePath).Write(unit => unit.Authorities.Update(unit.Authorities.FindByName("Beside")! with { Name = "Example Root" }));
        Assert.Equal("Example Root", Assert.Single(_store.Engine.Authorities.GetAll("Example Root")).Name);
        Assert.Equal("AuthorityPending", Assert.ThrowsAny<CaException>(() => _store.Issue("/CN=a.example.com", "Example Root")).ErrorId);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 8)]
    public void A_name_is_not_the_serial_number_of_another_authority(bool colons, int digits)
    {
        string serial = _store.Engine.Authorities.Get("Root").SerialNumber;
        string name = colons ? serial : serial.Replace(":", string.Empty);
        name = digits == 0 ? name : name.Remove(digits);
        var acts = new Action[]
        {
            () => _store.Engine.Authorities.Create(TestStore.Authority("Other") with { Name = name }),
            () => _store.Engine.Authorities.Create(TestStore.Authority("Other") with { Name = name, RequestPath = _store.File("x.csr") }),
            () => _store.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: null, name),
        };
        Assert.All(acts, act => Assert.Equal("AuthorityNameIsSerialNumber", Assert.ThrowsAny<CaException>(act).ErrorId));
        Assert.Equal("AuthorityNameIsCommonName", Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Create(TestStore.Authority("Other") with { Name = "Example Root" })).ErrorId);
    }

    public void Dispose() => _store.Dispose();

    private CaCrl Publish(string authority) => _store.Engine.Crls.Create(authority, null, TimeSpan.FromDays(1));

    private void Rekey() => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") });

    private void ImportAnswer()
    {
        using var issuer = new TestStore();
        issuer.Engine.Authorities.Create(TestStore.Authority("Top", pathLength: 1));
        Import("answer.pem", issuer.Engine.Authorities.Create(TestStore.Authority("Issuing", "Top") with { Request = CertificateRequestReader.ReadFile(_store.File("new.csr")) }).Value.ToPem());
    }

    private CaAuthority Sign(string subject, string parent = "Root") => _store.Engine.Authorities.Create(
        TestStore.Authority("Foreign", parent) with { Subject = DistinguishedName.Parse(subject), Request = _store.Csr(subject) }).Value;

    private Issued<CaAuthority> Pending(string name, string subject, int pathLength = 0) => _store.Engine.Authorities.Create(
        TestStore.Authority(name, pathLength: pathLength) with { Subject = DistinguishedName.Parse(subject), RequestPath = _store.File("pending.csr"), OverwriteRequest = true });

    private IReadOnlyList<string> Import(string file, string pem, string? name = null)
    {
        File.WriteAllText(_store.File(file), pem);
        return _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File(file)), Name = name }).Warnings;
    }
}
