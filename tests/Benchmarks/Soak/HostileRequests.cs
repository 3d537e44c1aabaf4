using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using PSCertAuthority.Benchmarks.Ocsp;

namespace PSCertAuthority.Benchmarks.Soak;

/// <summary>What nobody means well by, and what it has to get: a status of OCSP, or of HTTP from 400 on.</summary>
internal sealed class HostileRequests(RequestWriter own, RequestWriter foreign, IReadOnlyList<string> serials)
{
    private const int Malformed = 1, Unauthorized = 6, TooLarge = 413;

    /// <summary>One of each kind.</summary>
    public IEnumerable<(string Kind, byte[] Body, int Wanted)> OneOfEach()
    {
        string serial = serials[RandomNumberGenerator.GetInt32(serials.Count)];
        byte[] good = own.Write([serial], []);
        byte[] nonced = own.Write([serial], new byte[RequestWriter.NonceLength]);
        yield return ("random octets", RandomNumberGenerator.GetBytes(1 + RandomNumberGenerator.GetInt32(2000)), Malformed);
        yield return ("truncated", good[..RandomNumberGenerator.GetInt32(good.Length)], Malformed);
        yield return ("huge length", [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x30], Malformed);
        yield return ("deep nesting", [.. Enumerable.Range(0, 4000).SelectMany(i => new byte[] { 0x30, 0x82, (byte)((16000 - (4 * i)) >> 8), (byte)(16000 - (4 * i)) }).Take(15_900)], Malformed);
        yield return ("something behind", [.. good, 0x00], Malformed);
        yield return ("a body of 1 MB", new byte[1 << 20], TooLarge);
        yield return ("nonce of 0 octets", own.Write([serial], [0]) is var one ? Shrink(one) : [], Malformed);
        yield return ("nonce of 129 octets", own.Write([serial], new byte[129]), Malformed);
        yield return ("foreign issuer", foreign.Write([serial], []), Unauthorized);
        yield return ("unknown critical extension", Critical(nonced), Malformed);
    }

    /// <summary>Takes the only octet of the nonce away, and one from each of the seven lengths around it.</summary>
    private static byte[] Shrink(byte[] request)
    {
        byte[] shorter = request[..^1];
        foreach (int at in LengthsAroundTheEnd(request))
            shorter[at]--;
        return shorter;
    }

    /// <summary>Turns the nonce extension into one of another name: 1.3.6.1.5.5.7.48.1.99, critical.</summary>
    private static byte[] Critical(byte[] request)
    {
        byte[] oid = [0x06, 0x09, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02];
        int at = request.AsSpan().IndexOf(oid) + oid.Length;
        byte[] changed = [.. request[..at], 0x01, 0x01, 0xFF, .. request[at..]];
        changed[at - 1] = 0x63;
        foreach (int length in LengthsAroundTheEnd(request).Where(length => length < at - oid.Length))
            changed[length] += 3;
        return changed;
    }

    /// <summary>Where the last octet of a length stands, for all elements that end where the request ends.</summary>
    private static List<int> LengthsAroundTheEnd(byte[] request)
    {
        var lengths = new List<int>();
        for (int at = 0; at < request.Length;)
        {
            int octets = request[at + 1] < 0x80 ? 0 : request[at + 1] & 0x7F;
            int length = octets == 0 ? request[at + 1] : request.AsSpan(at + 2, octets).ToArray().Aggregate(0, (value, octet) => (value << 8) | octet);
            int content = at + 2 + octets;
            bool reachesEnd = content + length == request.Length;
            if (reachesEnd)
                lengths.Add(content - 1);
            bool isPrimitive = (request[at] & 0x20) == 0 && request[at] != 0x04;
            at = reachesEnd && !isPrimitive && content < request.Length ? content : content + length;
            if (reachesEnd && lengths.Count == 7)
                break;
        }

        return lengths;
    }
}
