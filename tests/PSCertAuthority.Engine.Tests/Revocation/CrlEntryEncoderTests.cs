using System;
using System.Globalization;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>Entries of a CRL (RFC 5280, section 5.3), read by BouncyCastle.</summary>
public sealed class CrlEntryEncoderTests
{
    [Theory]
    [InlineData("01", "2026-11-29 10:20:30", RevocationReason.Unspecified, null)]
    [InlineData("7F", "2026-01-02 03:04:05", RevocationReason.KeyCompromise, null)]
    [InlineData("80", "2049-12-31 23:59:59", RevocationReason.Superseded, "2049-12-01 00:00:00")]
    [InlineData("FFEEDDCCBBAA99887766554433221100FFEEDDCC", "2050-01-01 00:00:00", RevocationReason.CertificateHold, null)]
    [InlineData("4FEEDDCCBBAA99887766554433221100FFEEDDCC", "1949-12-31 23:59:59", RevocationReason.Unspecified, "1931-02-03 04:05:06")]
    public void It_says_what_it_was_told_in_DER(string serial, string revokedAt, RevocationReason reason, string? invalidityDate)
    {
        foreach (string serialNumber in (string[])[serial, string.Concat(Enumerable.Repeat(serial, 150))])
        {
            var revocation = new RevocationRecord(Time(revokedAt), reason, invalidityDate is null ? null : Time(invalidityDate));
            var record = new CrlEntryRecord(1, serialNumber, Time("2051-01-01 00:00:00"), revocation, IsAuthority: false);
            byte[] der = CrlEntryEncoder.Encode(record, new byte[CrlEntryEncoder.RoomFor(record)]).ToArray();
            var entry = CrlEntry.GetInstance(Asn1Sequence.GetInstance(der));

            Assert.Equal(der, entry.GetDerEncoded());
            Assert.Equal(serialNumber.TrimStart('0'), Convert.ToHexString(entry.UserCertificate.PositiveValue.ToByteArrayUnsigned()).TrimStart('0'));
            Assert.Equal(revocation.RevokedAt, entry.RevocationDate.ToDateTime());
            Assert.Equal(revocation.RevokedAt.Year is < 1950 or > 2049, entry.RevocationDate.ToAsn1Object() is Asn1GeneralizedTime);
            Assert.Equal(reason == RevocationReason.Unspecified ? null : (int)reason, Read(entry, X509Extensions.ReasonCode, value => DerEnumerated.GetInstance(value).IntValueExact));
            Assert.Equal(revocation.InvalidityDate, Read(entry, X509Extensions.InvalidityDate, value => Asn1GeneralizedTime.GetInstance(value).ToDateTime()));
            Assert.Equal(reason == RevocationReason.Unspecified && invalidityDate is null, entry.Extensions is null);
        }
    }

    private static T? Read<T>(CrlEntry entry, DerObjectIdentifier identifier, Func<Asn1Object, T> read)
        where T : struct =>
        entry.Extensions?.GetExtension(identifier) is { } extension ? read(extension.GetParsedValue() as Asn1Object ?? extension.GetParsedValue().ToAsn1Object()) : null;

    private static DateTime Time(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
