using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Names;

/// <summary>Between attributes as text and as ASN.1: checks the bounds of RFC 5280, appendix A, and chooses the string type.</summary>
internal static class NameAttributeCodec
{
    /// <exception cref="CaNameException"><c>InvalidName</c> or <c>UnknownNameAttribute</c>.</exception>
    public static NameAttribute Create(string field, string value)
    {
        NameAttributeType type = NameAttributeType.Find(field);
        string trimmed = type.Encoding == NameEncoding.Utf8 ? value : value.Trim();
        if (trimmed.Trim().Length == 0)
            return new NameAttribute(type.Name, type.Oid, string.Empty);
        if (trimmed.Any(char.IsControl))
            throw NameErrors.Invalid($"{type.Name}={trimmed}", "it contains a control character");
        if (!UnicodeText.IsWellFormed(trimmed))
            throw NameErrors.Invalid($"{type.Name}={UnicodeText.Repair(trimmed)}", UnicodeText.Fault);
        if (trimmed.Length > type.MaximumLength)
            throw NameErrors.Invalid($"{type.Name}={trimmed}", $"it is longer than the {type.MaximumLength} characters that {type.Name} may have");
        if (type.IsCountry && (trimmed.Length != 2 || !trimmed.All(c => c is >= 'A' and <= 'Z' or >= 'a' and <= 'z')))
            throw NameErrors.Invalid($"{type.Name}={trimmed}", "a country is two letters of ISO 3166, such as AT");
        if (type.Encoding == NameEncoding.Printable && !DerPrintableString.IsPrintableString(trimmed))
            throw NameErrors.Invalid($"{type.Name}={trimmed}", $"{type.Name} takes letters, digits and ' ( ) + , - . / : = ? only");
        if (type.Encoding == NameEncoding.Ia5 && !DerIA5String.IsIA5String(trimmed))
            throw NameErrors.Invalid($"{type.Name}={trimmed}", $"{type.Name} takes ASCII characters only");
        return new NameAttribute(type.Name, type.Oid, type.IsCountry ? trimmed.ToUpperInvariant() : trimmed);
    }

    public static X509Name Encode(IEnumerable<NameAttribute> attributes)
    {
        Asn1Encodable[] elements = [.. attributes.Select(attribute => new DerSet(EncodeAttribute(attribute)))];
        return X509Name.GetInstance(new DerSequence(elements));
    }

    public static IEnumerable<NameAttribute> Decode(X509Name name)
    {
        foreach (Asn1Encodable rdn in Asn1Sequence.GetInstance(name.ToAsn1Object()))
        {
            foreach (Asn1Encodable element in Asn1Set.GetInstance(rdn))
            {
                Asn1Sequence attribute = Asn1Sequence.GetInstance(element);
                string oid = DerObjectIdentifier.GetInstance(attribute[0]).Id;
                Asn1Object value = attribute[1].ToAsn1Object();
                string text = value is IAsn1String known
                    ? known.GetString()
                    : "#" + Org.BouncyCastle.Utilities.Encoders.Hex.ToHexString(value.GetEncoded());
                yield return new NameAttribute(NameAttributeType.FromOid(oid).Name, oid, text);
            }
        }
    }

    private static DerSequence EncodeAttribute(NameAttribute attribute) => new(new DerObjectIdentifier(attribute.Oid), EncodeValue(attribute));

    private static Asn1Encodable EncodeValue(NameAttribute attribute) => NameAttributeType.FromOid(attribute.Oid).Encoding switch
    {
        NameEncoding.Printable => new DerPrintableString(attribute.Value),
        NameEncoding.Ia5 => new DerIA5String(attribute.Value),
        _ => new DerUtf8String(attribute.Value),
    };
}
