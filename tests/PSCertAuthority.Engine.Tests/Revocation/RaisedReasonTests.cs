using System;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>Revoking twice is an error, except to raise the reason to keyCompromise (SPEC, section 5); every reason after every other.</summary>
public sealed class RaisedReasonTests : IDisposable
{
    private static readonly RevocationReason[] Reasons = [.. Enum.GetValues<RevocationReason>().Where(reason => reason is not (RevocationReason.RemoveFromCrl or RevocationReason.CertificateHold))];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public RaisedReasonTests()
    {
        _store = new TestStore(_clock);
        _store.Root(pathLength: null);
    }

    public static TheoryData<RevocationReason> Earlier => [.. Reasons];

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Of_certificates(RevocationReason earlier)
    {
        foreach (RevocationReason reason in Reasons)
        {
            CaCertificate certificate = _store.Issue($"/CN={earlier}-{reason}");
            DateTime at = _store.Engine.Revocations.Revoke(certificate, earlier, null).RevokedAt!.Value;
            Check(earlier, reason, reason == RevocationReason.KeyCompromise && earlier != RevocationReason.KeyCompromise, certificate.SerialNumber,
                invalid => _store.Engine.Revocations.Revoke(certificate, reason, invalid));
            CaCertificate now = _store.Engine.Certificates.Get(certificate.SerialNumber);
            Assert.Equal(at, now.RevokedAt);
        }
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Of_authorities(RevocationReason earlier)
    {
        foreach (RevocationReason reason in Reasons)
        {
            string name = $"{earlier}-{reason}";
            CaAuthority authority = _store.Engine.Authorities.Create(TestStore.Authority(name, "Root")).Value;
            CaAuthority renewed = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = name }).Value;
            _store.Engine.Revocations.RevokeAuthority(name, earlier, null);
            bool raised = IsCompromise(reason) && !IsCompromise(earlier);
            Check(earlier, reason, raised, renewed.SerialNumber, invalid => _store.Engine.Revocations.RevokeAuthority(name, reason, invalid));
            Assert.Equal(raised ? reason : earlier, _store.Engine.Authorities.Get(name).RevocationReason);
            // Its former certificate vouches for the same key.
            Assert.Equal(raised ? reason : earlier, _store.Engine.Certificates.Get(authority.SerialNumber).RevocationReason);
        }
    }

    [Fact]
    public void The_invalidity_date_is_added_or_moved_to_an_earlier_moment()
    {
        DateTime early = _clock.GetUtcNow().UtcDateTime.AddDays(-9), late = early.AddDays(4);
        foreach ((DateTime? first, DateTime? second, DateTime? expected) in new (DateTime?, DateTime?, DateTime?)[] { (null, late, late), (late, null, late), (late, early, early), (early, late, early), (null, null, null) })
        {
            CaCertificate certificate = _store.Issue("/CN=a.example.com");
            _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, first);
            Assert.Equal(expected is { } date ? Seconds(date) : null, Seconds(_store.Engine.Revocations.Revoke(certificate, RevocationReason.KeyCompromise, second).InvalidityDate));
        }
    }

    public void Dispose() => _store.Dispose();

    private static bool IsCompromise(RevocationReason reason) => reason is RevocationReason.KeyCompromise or RevocationReason.CACompromise;

    private static DateTime? Seconds(DateTime? time) => time is { } value ? new DateTime(value.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc) : null;

    private void Check(RevocationReason earlier, RevocationReason reason, bool raised, string serialNumber, Action<DateTime?> again)
    {
        Make(CrlKind.Complete);
        Assert.Null(EntryOf(Make(CrlKind.Delta), serialNumber));
        _clock.Advance(TimeSpan.FromHours(1));
        DateTime invalid = _clock.GetUtcNow().UtcDateTime.AddDays(-1);
        if (!raised)
        {
            Assert.Equal("CertificateRevokedBefore", Assert.ThrowsAny<CaException>(() => again(invalid)).ErrorId);
            Assert.Equal(earlier, ReasonOf(EntryOf(Make(CrlKind.Complete), serialNumber)!));
            return;
        }

        again(invalid);
        foreach (CaCrl crl in new[] { Make(CrlKind.Delta), Make(CrlKind.Complete) })
            Assert.Equal(reason, ReasonOf(EntryOf(crl, serialNumber)!));
        Assert.Contains(_store.Engine.Audit.List(new AuditFilter()), record => record.Detail == $"{reason}, before: {earlier}");
    }

    private CaCrl Make(CrlKind kind) => _store.Engine.Crls.Create(new CrlRequest { Authority = "Root", ValidFor = TimeSpan.FromDays(1), Kind = kind });

    private static X509CrlEntry? EntryOf(CaCrl crl, string serialNumber) => new X509CrlParser().ReadCrl(crl.ToDer()).GetRevokedCertificate(new BigInteger(serialNumber.Replace(":", string.Empty), 16));

    private static RevocationReason ReasonOf(X509CrlEntry entry) => entry.GetExtensionValue(X509Extensions.ReasonCode) is { } value
        ? (RevocationReason)DerEnumerated.GetInstance(Asn1Object.FromByteArray(value.GetOctets())).IntValueExact : RevocationReason.Unspecified;
}
