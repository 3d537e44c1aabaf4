using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>The index of <c>openssl ca</c>: six columns between tabs (state, end, revocation, serial number, file, subject).</summary>
internal static class IndexFile
{
    private const int Columns = 6;
    private static readonly string[] TimeFormats = ["yyMMddHHmmss'Z'", "yyyyMMddHHmmss'Z'"];

    /// <summary>All lines, in their order.</summary>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c> or <c>ImportIndexInvalid</c>.</exception>
    public static IReadOnlyList<ForeignCertificate> Read(string path)
    {
        string text = ForeignFile.ReadText(path, "the index of the issued certificates");
        var found = new List<ForeignCertificate>();
        var serials = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length == 0 || line[0] == '#')
                continue;
            ForeignCertificate entry = Parse(line.Split('\t'), why => ImportErrors.IndexInvalid(path, number, why));
            if (!serials.Add(entry.SerialNumber))
                throw ImportErrors.IndexInvalid(path, number, $"the serial number {entry.SerialNumber} stands in it twice");
            found.Add(entry);
        }

        return found;
    }

    private static ForeignCertificate Parse(string[] columns, Func<string, CaImportException> error)
    {
        if (columns.Length != Columns)
            throw error($"it has {columns.Length} columns, not {Columns}");
        string serial = columns[3].Trim().ToUpperInvariant();
        // OpenSSL writes a minus sign before a negative one; whoever takes the entries over passes these over.
        if (SerialNumbers.TryParsePrefix(serial.TrimStart('-')) is not { } digits || digits != serial.TrimStart('-'))
            throw error($"'{columns[3]}' is no serial number");
        RevocationRecord? revocation = columns[0] switch
        {
            "V" or "E" => null,
            "R" => Revocation(columns[2], error),
            _ => throw error($"'{columns[0]}' is none of the states V, R and E"),
        };
        return new ForeignCertificate
        {
            SerialNumber = SerialNumbers.ToStored(SerialNumbers.FromStored(serial)),
            NotAfter = Time(columns[1], error),
            Revocation = revocation,
        };
    }

    private static RevocationRecord Revocation(string text, Func<string, CaImportException> error)
    {
        string[] parts = text.Split(',');
        DateTime? invalidity = parts.Length == 3 && parts[1].EndsWith("keyTime", StringComparison.OrdinalIgnoreCase) && parts[2] is { } since ? Time(since, error) : null;
        // OpenSSL compares without regard to case, and keeps what was "removed from the CRL" on its CRLs.
        RevocationReason reason = (parts.Length > 1 ? parts[1] : string.Empty).ToLowerInvariant() switch
        {
            "" or "unspecified" or "removefromcrl" => RevocationReason.Unspecified,
            "keycompromise" or "keytime" => RevocationReason.KeyCompromise,
            "cacompromise" or "cakeytime" => RevocationReason.CACompromise,
            "affiliationchanged" => RevocationReason.AffiliationChanged,
            "superseded" => RevocationReason.Superseded,
            "cessationofoperation" => RevocationReason.CessationOfOperation,
            "certificatehold" or "holdinstruction" => RevocationReason.CertificateHold,
            "privilegewithdrawn" => RevocationReason.PrivilegeWithdrawn,
            "aacompromise" => RevocationReason.AACompromise,
            string other => throw error($"'{other}' is no reason of revocation"),
        };
        return new RevocationRecord(Time(parts[0], error), reason, invalidity);
    }

    private static DateTime Time(string text, Func<string, CaImportException> error)
    {
        if (!DateTime.TryParseExact(
                text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
            throw error($"'{text}' is no time");
        // RFC 5280, section 4.1.2.5.1: two digits below 50 are of this century, the others of the last.
        bool twoDigits = text.Length == TimeFormats[0].Length - 2;
        int year = time.Year % 100;
        return twoDigits ? time.AddYears((year < 50 ? 2000 : 1900) + year - time.Year) : time;
    }
}
