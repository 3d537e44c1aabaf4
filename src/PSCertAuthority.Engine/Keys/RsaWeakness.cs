using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Keys;

/// <summary>What is known to make an RSA key breakable (SP 800-89, section 5.3.3; CA/Browser Forum Baseline Requirements 6.1.1.3).</summary>
internal static class RsaWeakness
{
    private const int LargestExponentBits = 256;
    private const int LargestSmallFactor = 1 << 16;

    private static readonly BigInteger SmallestExponent = 65537;

    private static readonly Lazy<BigInteger> SmallPrimes = new(() => Product([.. PrimesUpTo(LargestSmallFactor)]));

    /// <summary>Why the key is weak, to be told behind "The key is refused:"; null where nothing is known against it. Cheap looks come first.</summary>
    public static string? Find(RsaPublicKeyStructure key)
    {
        if (WhyExponent(key) is { } why)
            return why;
        BigInteger modulus = ToNumber(key.Modulus);
        if (RocaFingerprint.IsOn(modulus))
            return "an Infineon chip or library made its primes, which can be computed from it (ROCA, CVE-2017-15361)";
        BigInteger root = RoundedUpRoot(modulus, key.Modulus.BitLength);
        if (root * root == modulus)
            return "its modulus is the square of one prime";
        if (HasClosePrimes(modulus, root))
            return "its primes are so close to each other that Fermat's method finds them";
        if (!BigInteger.GreatestCommonDivisor(modulus, BigInteger.Remainder(SmallPrimes.Value, modulus)).IsOne)
            return "its modulus has a small factor";
        return ProbablePrime.Test(key.Modulus) ? "its modulus is a prime, and not the product of two" : null;
    }

    /// <remarks>
    /// The product of both exponents exceeds the modulus nearly. Where the public one has no more than 256 bits, the private one is only that much shorter than the modulus, and far from what
    /// the attacks on small ones reach (Wiener: a quarter of the bits; Boneh and Durfee: 0.292 of them).
    /// </remarks>
    private static string? WhyExponent(RsaPublicKeyStructure key)
    {
        if (!key.PublicExponent.TestBit(0))
            return "its public exponent is even";
        if (key.PublicExponent.BitLength > LargestExponentBits)
            return $"its public exponent has more than {LargestExponentBits} bits, as that of a private exponent which is small enough to be computed";
        return ToNumber(key.PublicExponent) < SmallestExponent ? $"its public exponent is {key.PublicExponent}; take 65537" : null;
    }

    /// <summary>A hundred steps of Fermat's method, each by its remainders: a difference of squares is rarely one to look at twice.</summary>
    private static bool HasClosePrimes(BigInteger modulus, BigInteger root)
    {
        const int steps = 100, filter = 2 * 2 * 2 * 2 * 2 * 2 * 9 * 5 * 7 * 11 * 13;
        long modulusRest = (long)(modulus % filter), rootRest = (long)(root % filter);
        for (int step = 0; step < steps; step++)
        {
            long rest = (rootRest + step) % filter;
            if (!IsSquareRest((int)((rest * rest - modulusRest) % filter + filter) % filter))
                continue;
            BigInteger a = root + step, square = a * a - modulus, b = RoundedUpRoot(square, BitLength(square));
            if (b * b == square)
                return true;
        }

        return false;
    }

    private static bool IsSquareRest(int rest) =>
        Squares64[rest & 63] && Squares9[rest % 9] && Squares5[rest % 5] && Squares7[rest % 7] && Squares11[rest % 11] && Squares13[rest % 13];

    private static readonly bool[] Squares64 = SquaresModulo(64), Squares9 = SquaresModulo(9), Squares5 = SquaresModulo(5),
        Squares7 = SquaresModulo(7), Squares11 = SquaresModulo(11), Squares13 = SquaresModulo(13);

    private static bool[] SquaresModulo(int modulus)
    {
        var squares = new bool[modulus];
        for (int i = 0; i < modulus; i++)
            squares[i * i % modulus] = true;
        return squares;
    }

    /// <summary>The smallest number whose square is not below it, by Newton's method from the first bits on.</summary>
    private static BigInteger RoundedUpRoot(BigInteger number, int bits)
    {
        const int exactBits = 100;
        if (number.IsZero)
            return BigInteger.Zero;
        int shift = Math.Max(0, bits - exactBits + 1) & ~1;
        // From above, so that each step comes closer and never falls below the root.
        BigInteger root = (new BigInteger(Math.Sqrt((double)(number >> shift)) * (1 + 1e-12)) + 2) << (shift / 2);
        while (true)
        {
            BigInteger next = (root + number / root) >> 1;
            if (next >= root)
                return root * root == number ? root : root + 1;
            root = next;
        }
    }

    private static int BitLength(BigInteger number) => number.ToByteArray().Length * 8;

    private static BigInteger ToNumber(Org.BouncyCastle.Math.BigInteger number) => new([.. Enumerable.Reverse(number.ToByteArray())]);

    private static IEnumerable<int> PrimesUpTo(int last)
    {
        var composite = new bool[last + 1];
        for (int candidate = 3; candidate <= last; candidate += 2)
        {
            if (composite[candidate])
                continue;
            yield return candidate;
            for (long multiple = (long)candidate * candidate; multiple <= last; multiple += candidate)
                composite[multiple] = true;
        }
    }

    /// <summary>By halves: factors of like sizes are multiplied sooner.</summary>
    private static BigInteger Product(int[] numbers, int from = 0, int? to = null)
    {
        int end = to ?? numbers.Length;
        return end - from == 1 ? numbers[from] : Product(numbers, from, (from + end) / 2) * Product(numbers, (from + end) / 2, end);
    }
}
