using System;
using System.Globalization;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities.Encoders;
using Asn1Name = Org.BouncyCastle.Asn1.X509.GeneralName;

namespace PSCertAuthority.Names;

/// <summary>otherName as OpenSSL writes it: <c>otherName:OID;type:value</c>, such as <c>1.3.6.1.4.1.311.20.2.3;UTF8:user@example.com</c>.</summary>
internal static class OtherName
{
    private const string UserPrincipalName = "1.3.6.1.4.1.311.20.2.3";
    private const string SmtpUtf8Mailbox = "1.3.6.1.5.5.7.8.9";
    private const string ServiceName = "1.3.6.1.5.5.7.8.7";

    public static GeneralName Parse(string name, string value)
    {
        int semicolon = value.IndexOf(';');
        int colon = value.IndexOf(':', Math.Max(semicolon, 0));
        if (semicolon < 0 || !DerObjectIdentifier.TryFromID(value.Substring(0, semicolon).Trim(), out DerObjectIdentifier oid))
            throw NameErrors.InvalidGeneral(name, "it should read otherName:OID;type:value");
        string type = value.Substring(semicolon + 1, (colon < 0 ? value.Length : colon) - semicolon - 1).Trim().ToUpperInvariant();
        string content = colon < 0 ? string.Empty : value.Substring(colon + 1);
        try
        {
            return Create(oid, ToAsn1(type, content) ?? throw NameErrors.InvalidGeneral(name, $"the type '{type}' is not known"));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or System.IO.IOException)
        {
            throw NameErrors.InvalidGeneral(name, $"'{content}' is no value of the type {type}", e);
        }
    }

    public static GeneralName Create(DerObjectIdentifier oid, Asn1Encodable content)
    {
        var sequence = new DerSequence(oid, new DerTaggedObject(true, 0, content));
        return new GeneralName(
            GeneralNameKind.OtherName, $"{oid.Id};{Describe(content.ToAsn1Object())}", new Asn1Name(Asn1Name.OtherName, sequence));
    }

    /// <summary>
    /// The address or host that a name of another type stands for, so that constraints hold for it, too: an address with characters beyond ASCII (RFC 9598), a
    /// user principal name of Windows, a service (RFC 4985); null for any other.
    /// </summary>
    public static GeneralName? AsUsual(GeneralName name)
    {
        if (name.Kind != GeneralNameKind.OtherName || name.Value.IndexOf(';') is not (> 0 and var semicolon) || name.Value.IndexOf(':', semicolon) is not (> 0 and var colon))
            return null;
        string value = name.Value.Substring(colon + 1);
        switch (name.Value.Substring(0, semicolon))
        {
            case SmtpUtf8Mailbox or UserPrincipalName:
                int at = value.LastIndexOf('@');
                string host = value.Substring(at + 1);
                return new GeneralName(GeneralNameKind.Email, $"{value.Substring(0, at + 1)}{HostName.ToALabels(host, HostNameRules.None) ?? host}", name.ToAsn1());
            case ServiceName:
                string target = value.Substring(value.IndexOf('.') + 1);
                return new GeneralName(GeneralNameKind.Dns, HostName.ToALabels(target, HostNameRules.AllowUnderscore) ?? target, name.ToAsn1());
            default:
                return null;
        }
    }

    private static Asn1Encodable? ToAsn1(string type, string content) => type switch
    {
        "UTF8" or "UTF8STRING" => new DerUtf8String(content),
        "IA5" or "IA5STRING" => new DerIA5String(content, true),
        "PRINTABLE" or "PRINTABLESTRING" => new DerPrintableString(content, true),
        "INT" or "INTEGER" => new DerInteger(new BigInteger(content.Trim())),
        "BOOL" or "BOOLEAN" => DerBoolean.GetInstance(ToBoolean(content.Trim())),
        "OCT" or "OCTETSTRING" or "OCTET" => new DerOctetString(Hex.Decode(content.Trim())),
        "NULL" => DerNull.Instance,
        "UTC" or "UTCTIME" => new DerUtcTime(ToTime(content), 2049),
        "GENTIME" or "GENERALIZEDTIME" => new DerGeneralizedTime(ToTime(content)),
        "DER" => Asn1Object.FromByteArray(Hex.Decode(content.Trim())),
        _ => null,
    };

    private static string Describe(Asn1Object content) => content switch
    {
        DerUtf8String text => $"UTF8:{text.GetString()}",
        DerIA5String text => $"IA5:{text.GetString()}",
        DerPrintableString text => $"PRINTABLE:{text.GetString()}",
        DerInteger number => $"INTEGER:{number.Value}",
        DerBoolean truth => $"BOOLEAN:{(truth.IsTrue ? "TRUE" : "FALSE")}",
        DerNull => "NULL",
        Asn1OctetString octets => $"OCTETSTRING:{Hex.ToHexString(octets.GetOctets())}",
        _ => $"DER:{Hex.ToHexString(content.GetEncoded(Asn1Encodable.Der))}",
    };

    private static bool ToBoolean(string content) => content.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" or "1" => true,
        "FALSE" or "NO" or "N" or "0" => false,
        _ => throw new FormatException(),
    };

    private static DateTime ToTime(string content) => DateTime.ParseExact(
        content.Trim(), ["yyMMddHHmmss'Z'", "yyyyMMddHHmmss'Z'"], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
