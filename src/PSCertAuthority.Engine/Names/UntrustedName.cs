using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Asn1Name = Org.BouncyCastle.Asn1.X509.GeneralName;

namespace PSCertAuthority.Names;

/// <summary>Takes names that a stranger has encoded through the rules for names that are typed, and encodes them anew.</summary>
internal static class UntrustedName
{
    private const int LongestUri = 2048;
    private const int LongestOther = 1024;

    /// <summary>The subject of a request.</summary>
    /// <exception cref="CaNameException"><c>InvalidName</c> or <c>UnknownNameAttribute</c>.</exception>
    public static DistinguishedName Subject(X509Name name) => DistinguishedName.Of(Attributes(name));

    /// <summary>A general name of a request.</summary>
    /// <exception cref="CaNameException"><c>InvalidGeneralName</c>, or what a directory name is refused for.</exception>
    public static GeneralName General(GeneralName name)
    {
        switch (name.Kind)
        {
            case GeneralNameKind.Dns:
                return GeneralName.Parse("DNS:" + Ascii(name));
            case GeneralNameKind.Email:
                return GeneralName.Parse("email:" + Ascii(name));
            case GeneralNameKind.Uri when name.Value.Length > LongestUri:
                throw NameErrors.InvalidGeneral("URI:" + Beginning(name), $"it is longer than {LongestUri} characters");
            case GeneralNameKind.Uri:
                return GeneralName.Parse("URI:" + Ascii(name));
            case GeneralNameKind.IPAddress:
                return name.IsNetwork ? name : GeneralName.Parse("IP:" + name.Value);
            case GeneralNameKind.RegisteredId:
                return name;
            case GeneralNameKind.DirectoryName:
                return Directory(Subject(X509Name.GetInstance(name.ToAsn1().Name)));
            case GeneralNameKind.OtherName:
                return Other(name);
            default:
                throw NameErrors.InvalidGeneral(Beginning(name), "it is an X.400 address or a name of EDI, which no certificate gets here");
        }
    }

    private static IEnumerable<NameAttribute> Attributes(X509Name name)
    {
        foreach (Asn1Encodable rdn in Asn1Sequence.GetInstance(name.ToAsn1Object()))
        {
            foreach (Asn1Encodable element in Asn1Set.GetInstance(rdn))
            {
                Asn1Sequence attribute = Asn1Sequence.GetInstance(element);
                string oid = DerObjectIdentifier.GetInstance(attribute[0]).Id;
                string type = NameAttributeType.FromOid(oid).Name;
                string text = TextOf(type, attribute[1].ToAsn1Object());
                NameAttribute checkedAttribute = NameAttributeCodec.Create(oid, text);
                // Typed, an empty field leaves a default out; a request has no say in that.
                yield return checkedAttribute.Value.Length > 0 ? checkedAttribute : throw NameErrors.Invalid(type + "=", "the field is empty");
            }
        }
    }

    /// <summary>Text in the characters that its string type has; octets that are none would be read by each program in another way.</summary>
    private static string TextOf(string type, Asn1Object value)
    {
        if (value is not IAsn1String || value is DerUniversalString or DerBitString)
            throw NameErrors.Invalid(type, "its value is no text");
        string text = ((IAsn1String)value).GetString();
        bool fits = value switch
        {
            DerUtf8String => text.IndexOf('\uFFFD') < 0,
            DerBmpString => true,
            DerPrintableString => IsAscii(value) && DerPrintableString.IsPrintableString(text),
            DerNumericString => IsAscii(value) && text.All(c => c is >= '0' and <= '9' or ' '),
            _ => IsAscii(value),
        };
        return fits ? text : throw NameErrors.Invalid($"{type}={text}", "it has characters that its string type does not have");
    }

    /// <summary>Octets that are no ASCII are read as question marks.</summary>
    private static bool IsAscii(Asn1Object value) => value.GetEncoded(Asn1Encodable.Der) is var der && der.Skip(der.Length - ((IAsn1String)value).GetString().Length).All(octet => octet < 0x80);

    private static string Ascii(GeneralName name) => IsAscii(name.ToAsn1().Name.ToAsn1Object())
        ? name.Value
        : throw NameErrors.InvalidGeneral(Beginning(name), "it has characters that are not ASCII; international host names are written in A-labels (RFC 5280, section 7.2)");

    private static GeneralName Directory(DistinguishedName name) => name.IsEmpty
        ? throw NameErrors.InvalidGeneral("dirname:", "the directory name is empty")
        : new GeneralName(GeneralNameKind.DirectoryName, name.ToString(), new Asn1Name(name.ToX509Name()));

    private static GeneralName Other(GeneralName name)
    {
        if (name.Value.Length > LongestOther)
            throw NameErrors.InvalidGeneral(Beginning(name), $"it is longer than {LongestOther} characters");
        if (name.Value.Any(char.IsControl) || name.Value.IndexOf('\uFFFD') >= 0)
            throw NameErrors.InvalidGeneral(Beginning(name), "it has control characters, or octets that are no text");
        return name;
    }

    private static string Beginning(GeneralName name) => name.ToString() is { Length: > 80 } text ? $"{text.Substring(0, 80)}…" : name.ToString();
}
