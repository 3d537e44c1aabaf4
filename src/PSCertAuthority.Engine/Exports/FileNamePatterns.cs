using System;
using System.Collections.Generic;
using System.Globalization;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Exports;

/// <summary>The patterns for what is exported, with the placeholders of each.</summary>
public static class FileNamePatterns
{
    private static readonly Dictionary<string, Func<CaCertificate, string?>> OfCertificates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CommonName"] = c => NameOf(c.CommonName, c.SerialNumber),
        ["SerialNumber"] = c => Plain(c.SerialNumber),
        ["Authority"] = c => c.Authority,
        ["Profile"] = c => c.Profile,
        ["NotAfter"] = c => Day(c.NotAfter),
    };

    private static readonly Dictionary<string, Func<CaAuthority, string?>> OfAuthorities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Authority"] = a => a.FileName,
        ["CommonName"] = a => NameOf(a.Subject.CommonName, a.SerialNumber) + KeyFileNames.SuffixOf(a.KeyNumber),
        ["SerialNumber"] = a => Plain(a.SerialNumber),
        ["NotAfter"] = a => Day(a.NotAfter),
    };

    /// <summary>For certificates: CommonName (the serial number where there is none), SerialNumber, Authority, Profile, NotAfter (yyyyMMdd).</summary>
    /// <param name="pattern">The pattern; null for <c>{CommonName}</c>.</param>
    /// <exception cref="CaExportException"><c>NamePatternInvalid</c>.</exception>
    public static FileNamePattern<CaCertificate> ForCertificates(string? pattern) => new(pattern ?? "{CommonName}", OfCertificates);

    /// <summary>For authorities and their CRLs: Authority (the name of its files, which stays with its key), CommonName (with the number of a later key), SerialNumber, NotAfter (yyyyMMdd).</summary>
    /// <param name="pattern">The pattern; null for <c>{Authority}</c>.</param>
    /// <exception cref="CaExportException"><c>NamePatternInvalid</c>.</exception>
    public static FileNamePattern<CaAuthority> ForAuthorities(string? pattern) => new(pattern ?? "{Authority}", OfAuthorities);

    private static string NameOf(string? commonName, string serialNumber) => string.IsNullOrEmpty(commonName) ? Plain(serialNumber) : commonName!;

    private static string Plain(string serialNumber) => serialNumber.Replace(":", string.Empty);

    private static string Day(DateTime time) => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
