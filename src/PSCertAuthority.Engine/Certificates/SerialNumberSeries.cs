using System;
using Org.BouncyCastle.Math;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Certificates;

/// <summary>
/// New serial numbers for what one signer issues (RFC 5280, section 4.1.2.2): positive, of 20 octets, all of them from the system's source of randomness but the
/// first two bits. Up to 64 that follow each other share their first three octets, and each has 136 bits of its own.
/// </summary>
/// <remarks>
/// The store finds a certificate by its serial number in a sorted index. Numbers without anything in common each change another page of it; those of a
/// series change a few pages together, however many certificates there are. A series that issues one number gives one like any other.
/// </remarks>
internal sealed class SerialNumberSeries
{
    private const int Octets = 20;
    private const int SharedOctets = 3;
    private const int MostAlike = 64;

    private readonly object _gate = new();
    private byte[] _start = [];
    private int _left;

    /// <summary>The next number; threads may ask at once.</summary>
    public BigInteger Next()
    {
        byte[] number = SystemRandom.GetBytes(Octets);
        lock (_gate)
        {
            if (_left == 0)
            {
                // Positive, and never shorter than 20 octets: the top bit clear, the next one set.
                number[0] = (byte)((number[0] & 0x7F) | 0x40);
                _start = number;
                _left = MostAlike;
            }

            _left--;
            Buffer.BlockCopy(_start, 0, number, 0, SharedOctets);
        }

        return new BigInteger(1, number);
    }
}
