using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>A CRL from elsewhere, the records here and the CRLs that are made here say one thing.</summary>
public sealed class RevocationMergeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow), _otherClock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store, _other;
    private readonly CaCertificate _certificate;
    private int _files;

    public RevocationMergeTests()
    {
        _store = new TestStore(_clock);
        _other = new TestStore(_otherClock);
        File.WriteAllText(_store.File("root.pem"), _other.Root().ToPem());
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest
        {
            Source = new FileSource(_store.File("root.pem"), _other.Engine.Authorities.Get("Root").KeyFile), Name = "Root",
        });
        _certificate = _other.Issue("/CN=a.example.com");
    }

    [Theory]
    [InlineData(RevocationReason.Superseded, RevocationReason.KeyCompromise, RevocationReason.KeyCompromise)]
    [InlineData(RevocationReason.KeyCompromise, RevocationReason.Superseded, RevocationReason.KeyCompromise)]
    [InlineData(RevocationReason.CACompromise, RevocationReason.Unspecified, RevocationReason.CACompromise)]
    [InlineData(RevocationReason.CertificateHold, RevocationReason.Superseded, RevocationReason.Superseded)]
    [InlineData(RevocationReason.Superseded, RevocationReason.CertificateHold, RevocationReason.Superseded)]
    [InlineData(RevocationReason.Superseded, RevocationReason.CessationOfOperation, RevocationReason.Superseded)]
    public void The_stronger_reason_and_the_earlier_date_win_whichever_comes_first(RevocationReason first, RevocationReason second, RevocationReason expected)
    {
        DateTime earlier = _clock.GetUtcNow().UtcDateTime.AddDays(-3);
        ImportCertificate(first, earlier);
        _other.Engine.Revocations.Revoke(_certificate, second, null);
        Import(Crl());
        AssertSame(expected, earlier);

        // A CRL that was there first, then the certificate with a reason of its own.
        _store.Engine.Authorities.Remove("Root", LiveCertificates.Abandon, KeyDisposal.Delete);
        Import(Crl(), "Root");
        CaStoreFinding unseen = Assert.Single(_store.Engine.Care.Test().Findings, finding => finding.Kind == "CrlEntryUnknown");
        Assert.Equal(FindingSeverity.Information, unseen.Severity);
        ImportCertificate(first, earlier);
        RevocationReason other = first is RevocationReason.Superseded && second is RevocationReason.CessationOfOperation ? second : expected;
        AssertSame(other, earlier);
    }

    [Fact]
    public void What_was_resumed_here_is_not_suspended_by_an_older_crl()
    {
        _other.Engine.Revocations.Revoke(_certificate, RevocationReason.CertificateHold, null);
        string crl = Crl();
        Import(crl);
        ImportCertificate(null, null);
        _store.Engine.Revocations.Resume(Found);
        Assert.Contains(Import(crl), warning => warning.Contains("passed over"));
        Assert.Equal(CertificateStatus.Valid, Found.Status);
        _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1));
        Assert.Contains(Import(crl), warning => warning.Contains("passed over"));
        Assert.Equal(CertificateStatus.Valid, Found.Status);
        Assert.Equal(0, _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void An_expired_crl_is_a_warning_and_one_from_the_future_is_refused()
    {
        _otherClock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("ImportCrlInvalid", Assert.ThrowsAny<CaException>(() => Import(Crl())).ErrorId);
        string crl = Crl();
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains(Import(crl), warning => warning.Contains("expired"));
    }

    [Fact]
    public void No_revocation_is_in_the_future()
    {
        _otherClock.Advance(TimeSpan.FromMinutes(4));
        _other.Engine.Revocations.Revoke(_certificate, RevocationReason.Superseded, null);
        Import(Crl());
        ImportCertificate(null, null);
        Assert.True(Found.RevokedAt!.Value.ToUniversalTime() <= _clock.GetUtcNow().UtcDateTime);
    }

    [Theory]
    [InlineData(CrlSubjects.User)]
    [InlineData(CrlSubjects.Ca)]
    [InlineData(CrlSubjects.Attribute)]
    [InlineData(null)]
    public void A_crl_about_a_part_is_refused(CrlSubjects? only)
    {
        var scope = only is { } subjects ? new CrlScope { Only = subjects } : new CrlScope { Reasons = [RevocationReason.KeyCompromise] };
        Assert.Equal("ImportCrlInvalid", Assert.ThrowsAny<CaException>(() => Import(Crl(scope))).ErrorId);
        Assert.Contains(Import(Crl(new CrlScope { DistributionPoint = ["http://crl.example.com/a.crl"] })), warning => warning.Contains("address"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
    }

    private CaCertificate Found => _store.Engine.Certificates.Get(_certificate.SerialNumber);

    private void AssertSame(RevocationReason reason, DateTime at)
    {
        Assert.Equal(reason, Found.RevocationReason);
        Assert.True((Found.RevokedAt!.Value.ToUniversalTime() - at).Duration() < TimeSpan.FromSeconds(2));
        Assert.Equal(1, _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).EntryCount);
        CaStoreTestResult result = _store.Engine.Care.Test();
        Assert.True(result.Passed && result.Findings.All(finding => finding.Severity != FindingSeverity.Warning), string.Join("; ", result.Findings.Select(finding => finding.Message)));
    }

    private string Crl(CrlScope? scope = null)
    {
        CaCrl crl = _other.Engine.Crls.Create(new CrlRequest { Authority = "Root", ValidFor = TimeSpan.FromDays(1), Scope = scope ?? CrlScope.Everything });
        string path = _store.File($"{++_files}.crl");
        File.WriteAllText(path, crl.ToPem());
        return path;
    }

    private IReadOnlyList<string> Import(string crl, string? name = null) => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest
    {
        Source = new FileSource(_store.File("root.pem"), _other.Engine.Authorities.Get("Root").KeyFile), CrlPaths = [crl], Name = name,
    }).Warnings;

    private void ImportCertificate(RevocationReason? reason, DateTime? at) => _store.Engine.Imports.ImportCertificate(new CertificateImportRequest
    {
        Content = _certificate.ToDer(), Source = "a", Reason = reason, RevokedAt = at,
    });
}
