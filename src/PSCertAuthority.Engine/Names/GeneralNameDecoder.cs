using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Utilities.Encoders;
using Asn1Name = Org.BouncyCastle.Asn1.X509.GeneralName;

namespace PSCertAuthority.Names;

/// <summary>Shows general names of any certificate; what is odd in them is shown, not refused.</summary>
internal static class GeneralNameDecoder
{
    public static GeneralName Decode(Asn1Name asn1)
    {
        switch (asn1.TagNo)
        {
            case Asn1Name.DnsName:
                return Text(GeneralNameKind.Dns, asn1);
            case Asn1Name.Rfc822Name:
                return Text(GeneralNameKind.Email, asn1);
            case Asn1Name.UniformResourceIdentifier:
                return Text(GeneralNameKind.Uri, asn1);
            case Asn1Name.IPAddress:
                return IPText.FromOctets(Asn1OctetString.GetInstance(asn1.Name).GetOctets());
            case Asn1Name.DirectoryName:
                DistinguishedName name = DistinguishedName.FromX509Name(X509Name.GetInstance(asn1.Name));
                return new GeneralName(GeneralNameKind.DirectoryName, name.ToString(), asn1);
            case Asn1Name.RegisteredID:
                return new GeneralName(GeneralNameKind.RegisteredId, DerObjectIdentifier.GetInstance(asn1.Name).Id, asn1);
            case Asn1Name.OtherName:
                return DecodeOther(asn1);
            default:
                return Unknown(asn1);
        }
    }

    private static GeneralName Text(GeneralNameKind kind, Asn1Name asn1) => new(kind, ((IAsn1String)asn1.Name).GetString(), asn1);

    private static GeneralName DecodeOther(Asn1Name asn1)
    {
        try
        {
            Asn1Sequence sequence = Asn1Sequence.GetInstance(asn1.Name);
            Asn1TaggedObject value = Asn1TaggedObject.GetInstance(sequence[1]);
            return OtherName.Create(DerObjectIdentifier.GetInstance(sequence[0]), value.GetExplicitBaseObject());
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or InvalidOperationException)
        {
            return Unknown(asn1);
        }
    }

    private static GeneralName Unknown(Asn1Name asn1) =>
        new(GeneralNameKind.Unknown, Hex.ToHexString(asn1.GetEncoded(Asn1Encodable.Der)), asn1);
}
