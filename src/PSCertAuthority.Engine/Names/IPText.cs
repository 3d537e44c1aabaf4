using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Asn1;
using Asn1Name = Org.BouncyCastle.Asn1.X509.GeneralName;

namespace PSCertAuthority.Names;

/// <summary>IP addresses and networks as text and as the octets of RFC 5280, sections 4.2.1.6 and 4.2.1.10.</summary>
internal static class IPText
{
    /// <summary>Four decimal octets, or IPv6 without a zone: not the short forms that <see cref="IPAddress"/> would take, such as <c>127.1</c>.</summary>
    public static bool TryParse(string text, out IPAddress? address)
    {
        address = null;
        bool ipv4 = text.Split('.') is { Length: 4 } parts
            && parts.All(p => p.Length is > 0 and <= 3 && p.All(c => c is >= '0' and <= '9') && (p.Length == 1 || p[0] != '0'));
        bool ipv6 = text.IndexOf(':') >= 0 && text.All(c => c is ':' or '.' || System.Uri.IsHexDigit(c));
        return (ipv4 || ipv6) && IPAddress.TryParse(text, out address);
    }

    /// <summary>Reads <c>24</c> or <c>255.255.255.0</c>.</summary>
    public static bool TryParsePrefixLength(string text, IPAddress address, out int length)
    {
        int bits = address.GetAddressBytes().Length * 8;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length))
            return length <= bits;
        if (address.AddressFamily != AddressFamily.InterNetwork || !TryParse(text, out IPAddress? mask))
            return false;
        string binary = string.Concat(mask!.GetAddressBytes().Select(b => System.Convert.ToString(b, 2).PadLeft(8, '0')));
        length = binary.Count(c => c == '1');
        return !binary.Contains("01");
    }

    public static GeneralName ToName(IPAddress address) =>
        new(GeneralNameKind.IPAddress, address.ToString(), new Asn1Name(Asn1Name.IPAddress, new DerOctetString(address.GetAddressBytes())));

    public static GeneralName ToNetwork(IPAddress address, int length)
    {
        byte[] octets = address.GetAddressBytes();
        byte[] mask = [.. octets.Select((_, i) => (byte)(0xFF00 >> System.Math.Max(0, System.Math.Min(8, length - i * 8))))];
        byte[] network = [.. octets.Select((octet, i) => (byte)(octet & mask[i]))];
        return FromOctets([.. network, .. mask]);
    }

    /// <summary>4 or 16 octets are an address, 8 or 32 a network; anything else is shown in hexadecimal.</summary>
    public static GeneralName FromOctets(byte[] octets)
    {
        var asn1 = new Asn1Name(Asn1Name.IPAddress, new DerOctetString(octets));
        if (octets.Length is 4 or 16)
            return new GeneralName(GeneralNameKind.IPAddress, new IPAddress(octets).ToString(), asn1);
        if (octets.Length is not (8 or 32))
            return new GeneralName(GeneralNameKind.IPAddress, Org.BouncyCastle.Utilities.Encoders.Hex.ToHexString(octets), asn1);
        int half = octets.Length / 2;
        var address = new IPAddress([.. octets.Take(half)]);
        byte[] mask = [.. octets.Skip(half)];
        string binary = string.Concat(mask.Select(b => System.Convert.ToString(b, 2).PadLeft(8, '0')));
        string length = binary.Contains("01")
            ? new IPAddress(mask).ToString()
            : binary.Count(c => c == '1').ToString(CultureInfo.InvariantCulture);
        return new GeneralName(GeneralNameKind.IPAddress, $"{address}/{length}", asn1, isNetwork: true);
    }
}
