using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Tests.Imports;

/// <summary>One name, in each of the string types that certificates are seen with.</summary>
internal static class EncodedName
{
    /// <summary>/O=Example/CN=Example Sub.</summary>
    public static X509Name Of(string stringType)
    {
        return X509Name.GetInstance(new DerSequence(Attribute(X509Name.O, "Example"), Attribute(X509Name.CN, "Example Sub")));

        DerSet Attribute(DerObjectIdentifier type, string value) => new(new DerSequence(type, Encode(value)));
        Asn1Encodable Encode(string value) => stringType switch
        {
            "Utf8" => new DerUtf8String(value),
            "Printable" => new DerPrintableString(value),
            "Bmp" => new DerBmpString(value),
            "T61" => new DerT61String(value),
            "Case" => new DerUtf8String(value.ToUpperInvariant()),
            _ => throw new ArgumentOutOfRangeException(nameof(stringType)),
        };
    }
}
