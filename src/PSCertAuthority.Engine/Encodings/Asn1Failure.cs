using System;
using System.IO;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace PSCertAuthority.Encodings;

/// <summary>What BouncyCastle throws at octets that are not what they should be.</summary>
internal static class Asn1Failure
{
    /// <summary>Whether it is that; also an error of our own, which whoever catches it may have to let pass.</summary>
    public static bool IsMalformed(Exception e) =>
        e is ArgumentException or IOException or InvalidCastException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or ArithmeticException or NullReferenceException or NotSupportedException
            or CryptoException or GeneralSecurityException or SecurityUtilityException or CaException;

    /// <summary>Why, in words, without a full stop. Of nothing at all BouncyCastle makes null, and says so in the words of a fault in the program.</summary>
    public static string Reason(Exception e) => e is NullReferenceException or IndexOutOfRangeException ? "it is empty or cut off" : e.Message.TrimEnd('.');
}
