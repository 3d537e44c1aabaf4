using System;
using System.Globalization;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Records as small as they may be; shared with the worker process.</summary>
internal static class Samples
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static AuthorityRecord Authority(string name = "Root", string serial = "75BCD1") => new()
    {
        Name = name,
        SerialNumber = serial,
        Subject = "/CN=" + name,
        CommonName = name,
        NotBefore = Start,
        NotAfter = Start.AddYears(10),
        CreatedAt = Start,
        Certificate = [0x30, 0x00],
        KeyFile = serial + ".key",
        DigestAlgorithm = "sha512",
        CrlUrls = ["http://ca.example.com/crl/"],
    };

    public static CertificateRecord Certificate(string serial, int authority = 1, int days = 730, RevocationReason? revoked = null) => new()
    {
        SerialNumber = serial,
        AuthorityId = authority,
        Subject = "/CN=host" + serial,
        CommonName = "host" + serial,
        Profile = "webserver",
        NotBefore = Start,
        NotAfter = Start.AddDays(days),
        IssuedAt = Start,
        Watchers = ["Ops <ops@example.com>"],
        Revocation = revoked is { } reason ? new(Start.AddDays(1), reason, null) : null,
        Certificate = new byte[1200],
    };

    public static string Serial(int number) => number.ToString("X8", CultureInfo.InvariantCulture);
}
