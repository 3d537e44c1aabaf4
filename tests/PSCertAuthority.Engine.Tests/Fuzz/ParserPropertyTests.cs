using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Xunit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;

namespace PSCertAuthority.Tests.Fuzz;

/// <summary>What holds for any input.</summary>
[Properties(MaxTest = 300)]
public sealed class ParserPropertyTests
{
    private static readonly string[] Fields = ["C", "ST", "L", "O", "OU", "CN", "emailAddress", "DC", "serialNumber", "1.2.3.4"];

    private static readonly string[] Kinds = ["", "DNS:", "email:", "URI:", "URI:https://", "IP:", "RID:", "RID:1.", "dirName:", "dirName:/CN=", "otherName:", "otherName:1.2.3;UTF8:"];

    [Property]
    public bool Octets_are_read_or_refused(byte[] octets, byte first)
    {
        byte[] content = [first, .. octets];
        return Ends(() => CertificateRequestReader.Read(content, "any")) && Ends(() => CertificateReader.Decode(content, "any"))
            && Ends(() => CertificateMaterial.ReadCertificates(content, "any", null)) && Ends(() => DistinguishedName.FromDer(content)) && Ends(() => Pem.Decode(content));
    }

    [Property]
    public bool Texts_are_names_or_refused(NonNull<string> text, byte kind) =>
        Ends(() => DistinguishedName.Parse(text.Get)) && Ends(() => DistinguishedName.Parse("/" + Fields[kind % Fields.Length] + "=" + text.Get))
        && Ends(() => GeneralName.Parse(Kinds[kind % Kinds.Length] + text.Get)) && Ends(() => GeneralName.ParseConstraint(Kinds[kind % Kinds.Length] + text.Get));

    [Property]
    public bool A_subject_is_what_it_prints_and_what_it_encodes(NonEmptyArray<NonEmptyString> values, byte first)
    {
        var fields = new Dictionary<string, string>();
        foreach ((NonEmptyString value, int i) in values.Get.Take(Fields.Length).Select((value, i) => (value, i)))
            fields[Fields[(first + i) % Fields.Length]] = value.Get;
        DistinguishedName name;
        try
        {
            name = DistinguishedName.FromDictionary((IDictionary)fields);
        }
        catch (CaException)
        {
            return true;
        }

        return name.Equals(DistinguishedName.Parse(name.ToString())) && name.Equals(DistinguishedName.FromDer(name.ToDer()));
    }

    [Property]
    public bool A_general_name_is_what_it_prints(NonNull<string> text, byte kind)
    {
        GeneralName name;
        try
        {
            name = GeneralName.Parse(Kinds[kind % Kinds.Length] + text.Get);
        }
        catch (CaException)
        {
            return true;
        }

        return name.Equals(GeneralName.Parse(name.ToString()));
    }

    [Property]
    public bool Pem_gives_back_what_went_in(byte[][] contents)
    {
        byte[] text = [.. contents.SelectMany(content => Pem.Encode("CERTIFICATE", content))];
        return Pem.Decode(text).Select(block => Convert.ToHexString(block.Content)).SequenceEqual(contents.Select(Convert.ToHexString));
    }

    private static bool Ends(Func<object> read)
    {
        try
        {
            return read() is not null;
        }
        catch (CaException)
        {
            return true;
        }
    }
}
