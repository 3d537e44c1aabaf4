using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>What a removed authority leaves to those of its name: revocations, and what deltas have to take off; and only to one whose CRLs say so.</summary>
public sealed class HandOverTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public HandOverTests()
    {
        _store = new TestStore(_clock);
        _store.Root();
        _store.Issuing();
    }

    [Theory]
    [InlineData("Issuing")]
    [InlineData("Issuing-1")]
    public void Deltas_go_on_to_take_off_what_was_resumed(string removed)
    {
        CaCertificate before = _store.Issue("/CN=before.example.com", "Issuing");
        Rekey(AuthorityKey.Replace);
        CaCertificate[] certificates = [before, _store.Issue("/CN=after.example.com", "Issuing")];
        foreach (CaCertificate certificate in certificates)
            _store.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
        string stays = removed == "Issuing" ? "Issuing-1" : "Issuing";
        Make(stays);
        foreach (CaCertificate certificate in certificates)
            _store.Engine.Revocations.Resume(certificate);
        _store.Engine.Authorities.Remove(removed, LiveCertificates.Abandon, KeyDisposal.Keep);
        X509CrlEntry[] entries = [.. new X509CrlParser().ReadCrl(Make(stays, CrlKind.Delta).ToDer()).GetRevokedCertificates()];
        Assert.Equal(
            certificates.Select(c => c.SerialNumber.Replace(":", string.Empty)).Order(StringComparer.Ordinal),
            entries.Select(entry => Convert.ToHexString(entry.SerialNumber.ToByteArrayUnsigned())).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal(CrlReason.RemoveFromCrl, DerEnumerated.GetInstance(entry.GetExtensionParsedValue(X509Extensions.ReasonCode)).IntValueExact));
        Assert.Equal(0, Make(stays).EntryCount);
        Assert.Equal(0, Make(stays, CrlKind.Delta).EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("without key")]
    [InlineData("revoked")]
    [InlineData("expired")]
    public void An_heir_that_signs_no_crl_is_none(string heir)
    {
        CaCertificate certificate = _store.Issue("/CN=a.example.com", "Issuing");
        Rekey(heir == "pending" ? AuthorityKey.Keep : AuthorityKey.Replace, validDays: heir == "expired" ? 30 : null);
        string removed = heir == "pending" ? "Issuing" : "Issuing-1";
        if (heir == "pending")
            _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") });
        else if (heir == "without key")
            File.Delete(_store.Engine.Authorities.Get("Issuing").KeyFile);
        else if (heir == "revoked")
            _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.Superseded, null);
        else
            _clock.Advance(TimeSpan.FromDays(31));
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        CaException error = Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Remove(removed, LiveCertificates.Refuse, KeyDisposal.Keep));
        Assert.Equal("AuthorityInUse", error.ErrorId);
        Assert.Contains("1 revocations", error.Message);
        Assert.Equal(1, Make(removed).EntryCount);
        _store.Engine.Authorities.Remove(removed, LiveCertificates.Abandon, KeyDisposal.Keep);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void One_that_signs_crls_inherits_before_others()
    {
        CaCertificate certificate = _store.Issue("/CN=a.example.com", "Issuing");
        Rekey(AuthorityKey.Replace);
        Rekey(AuthorityKey.Replace);
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        File.Delete(_store.Engine.Authorities.Get("Issuing").KeyFile);
        _store.Engine.Authorities.Remove("Issuing-1", LiveCertificates.Refuse, KeyDisposal.Keep);
        Assert.Equal(1, Make("Issuing-2").EntryCount);
    }

    public void Dispose() => _store.Dispose();

    private void Rekey(AuthorityKey key, int? validDays = null) => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", Key = key, ValidDays = validDays });

    private CaCrl Make(string authority, CrlKind kind = CrlKind.Complete) =>
        _store.Engine.Crls.Create(new CrlRequest { Authority = authority, ValidFor = TimeSpan.FromDays(1), Kind = kind });
}
