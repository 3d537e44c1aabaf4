using System;
using System.Globalization;
using System.Linq;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>How many signatures a second OpenSSL makes on all cores.</summary>
internal static class OpenSslSpeed
{
    /// <param name="algorithm">As OpenSSL calls it: rsa4096, say.</param>
    public static double SignaturesPerSecond(string algorithm)
    {
        string report = NativeProgram.Run("openssl", "speed", "-seconds", "2", "-multi", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), algorithm);
        // The last line: "rsa 4096 bits 0.002055s 0.000031s    486.5  32527.5", signatures before verifications.
        string[] columns = report.TrimEnd().Split('\n').Last().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(columns[^2], CultureInfo.InvariantCulture);
    }
}
