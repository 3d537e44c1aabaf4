using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Utilities;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Web;

/// <summary>
/// Argon2id (RFC 9106) of a password, with the parameters that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, two passes, one lane. The text
/// is the PHC string that the reference implementation prints, so that another program can verify it.
/// </summary>
internal sealed record PasswordHash(int MemoryKiB, int Passes, int Lanes, byte[] Salt, byte[] Value)
{
    private const int SaltOctets = 16;
    private const int HashOctets = 32;

    // What a text in the store may ask for: a store that was tampered with must not take all memory.
    private const int LargestMemoryKiB = 1 << 20;
    private const int MostPasses = 100;

    // Each takes 19 MiB: a flood of attempts queues here.
    private static readonly SemaphoreSlim AtOnce = new(Math.Max(2, Environment.ProcessorCount));

    private static PasswordHash Present => new(19 * 1024, 2, 1, [], []);

    /// <summary>What a user who does not exist has: nobody's password, and as slow.</summary>
    public static PasswordHash Nobody { get; } = Present with { Salt = SystemRandom.GetBytes(SaltOctets), Value = SystemRandom.GetBytes(HashOctets) };

    /// <summary>Whether the parameters are no longer those that new hashes have.</summary>
    public bool IsOutdated =>
        (MemoryKiB, Passes, Lanes) != (Present.MemoryKiB, Present.Passes, Present.Lanes) || Salt.Length < SaltOctets || Value.Length < HashOctets;

    /// <summary>Hashes a new password with a new salt.</summary>
    public static PasswordHash Of(WebPassword password)
    {
        PasswordHash salted = Present with { Salt = SystemRandom.GetBytes(SaltOctets), Value = new byte[HashOctets] };
        return salted with { Value = salted.Compute(password.Octets) };
    }

    /// <summary>Whether it is this password; takes the same time either way.</summary>
    public bool Fits(WebPassword password) => Arrays.FixedTimeEquals(Value, Compute(password.Octets));

    /// <summary>Reads a PHC string.</summary>
    /// <exception cref="FormatException">It is none of Argon2id, or asks for too much.</exception>
    public static PasswordHash Parse(string text)
    {
        string[] parts = text.Split('$');
        if (parts is not ["", "argon2id", "v=19", var settings, var salt, var value])
            throw new FormatException("A password's hash is no PHC string of Argon2id.");
        int[] numbers = [.. settings.Split(',').Zip(["m=", "t=", "p="], Number)];
        if (numbers is not [>= 8 and <= LargestMemoryKiB, >= 1 and <= MostPasses, >= 1 and <= 64])
            throw new FormatException("A password's hash has parameters out of range.");
        return new PasswordHash(numbers[0], numbers[1], numbers[2], FromBase64(salt), FromBase64(value));
    }

    /// <summary>The PHC string.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "$argon2id$v=19$m={0},t={1},p={2}${3}${4}", MemoryKiB, Passes, Lanes, ToBase64(Salt), ToBase64(Value));

    private byte[] Compute(byte[] password)
    {
        AtOnce.Wait();
        try
        {
            var generator = new Argon2BytesGenerator();
            generator.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
                .WithVersion(Argon2Parameters.Version13).WithMemoryAsKB(MemoryKiB).WithIterations(Passes).WithParallelism(Lanes).WithSalt(Salt).Build());
            var hash = new byte[Value.Length];
            generator.GenerateBytes(password, hash);
            return hash;
        }
        finally
        {
            AtOnce.Release();
        }
    }

    private static int Number(string field, string name) =>
        field.StartsWith(name, StringComparison.Ordinal) && int.TryParse(field.Substring(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private static string ToBase64(byte[] octets) => Convert.ToBase64String(octets).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
}
