using System.Linq;
using System.Numerics;

namespace PSCertAuthority.Keys;

/// <summary>
/// The mark on moduli of Infineon's RSALib (CVE-2017-15361; Nemec and others, "The Return of Coppersmith's Attack", section 2.2): their primes, and so the moduli, are powers of 65537
/// modulo each small prime. One in some hundred million other keys has it by chance.
/// </summary>
internal static class RocaFingerprint
{
    private const int Generator = 65537;

    private static readonly int[] Primes =
    [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ];

    private static readonly BigInteger Product = Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    private static readonly bool[][] Powers = [.. Primes.Select(PowersModulo)];

    /// <summary>Whether the modulus bears it.</summary>
    public static bool IsOn(BigInteger modulus)
    {
        BigInteger rest = modulus % Product;
        for (int i = 0; i < Primes.Length; i++)
        {
            if (!Powers[i][(int)(rest % Primes[i])])
                return false;
        }

        return true;
    }

    private static bool[] PowersModulo(int prime)
    {
        var powers = new bool[prime];
        for (int power = 1; !powers[power]; power = power * (Generator % prime) % prime)
            powers[power] = true;
        return powers;
    }
}
