using System;

namespace PSCertAuthority.Certificates;

/// <summary>A digest over a whole certificate, by which somebody names it: SHA-1 (40 hexadecimal digits), SHA-256 (64) or SHA-512 (128).</summary>
internal sealed class Thumbprint
{
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;
    private const int Sha512Digits = 128;

    private readonly string _digits;

    private Thumbprint(string digits) => _digits = digits;

    /// <summary>Reads what was typed, with colons, spaces or none, in any case; null where it cannot be one.</summary>
    public static Thumbprint? TryParse(string text) =>
        SerialNumbers.TryParseDigits(text) is { Length: Sha1Digits or Sha256Digits or Sha512Digits } digits ? new Thumbprint(digits) : null;

    /// <summary>Whether it is that certificate's.</summary>
    public bool Is(byte[] der) =>
        (_digits.Length switch
        {
            Sha1Digits => Fingerprints.Sha1(der),
            Sha256Digits => Fingerprints.Sha256(der),
            _ => Fingerprints.Sha512(der),
        }).Replace(":", string.Empty).Equals(_digits, StringComparison.Ordinal);
}
