using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Imports;

/// <summary>What the store can hold of certificates from elsewhere: it finds them by serial numbers as RFC 5280, section 4.1.2.2, has them, and somewhat longer ones.</summary>
internal static class StorableCertificates
{
    /// <exception cref="CaImportException"><c>ImportSerialNumberNegative</c> or <c>ImportSerialNumberTooLong</c>.</exception>
    public static void RequireSerialNumber(DecodedCertificate certificate, string source)
    {
        if (FindFault(certificate.SerialNumber, source) is { } fault)
            throw fault;
    }

    /// <summary>Those that can be stored; each of the others is a warning.</summary>
    public static IReadOnlyList<ForeignCertificate> Select(IReadOnlyList<ForeignCertificate> certificates, List<string> warnings)
    {
        foreach (ForeignCertificate item in certificates)
        {
            if (FindFault(item.SerialNumber, string.Empty) is { } fault)
                warnings.Add($"The certificate {SerialNumbers.ToPrinted(item.SerialNumber)}{(item.Certificate is { } one ? $" ({one.Subject})" : string.Empty)} was not imported: {Reason(fault)}");
        }

        return [.. certificates.Where(item => FindFault(item.SerialNumber, string.Empty) is null)];
    }

    private static string Reason(CaImportException fault) => fault.ErrorId == "ImportSerialNumberNegative"
        ? "its serial number is negative (RFC 5280, section 4.1.2.2)."
        : $"its serial number has more than {SerialNumbers.MostBytes} bytes.";

    private static CaImportException? FindFault(string serialNumber, string source)
    {
        if (serialNumber.StartsWith("-", StringComparison.Ordinal))
            return ImportErrors.SerialNumberNegative(source, SerialNumbers.ToPrinted(serialNumber));
        int length = serialNumber.Length / 2;
        return length > SerialNumbers.MostBytes ? ImportErrors.SerialNumberTooLong(source, length) : null;
    }
}
