using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>Extensions of persons' and qualified certificates (RFC 3739, ETSI EN 319 412-5) in words.</summary>
internal static class PersonWords
{
    private static readonly Dictionary<string, string> Attributes = new()
    {
        ["1.3.6.1.5.5.7.9.1"] = "date of birth",
        ["1.3.6.1.5.5.7.9.2"] = "place of birth",
        ["1.3.6.1.5.5.7.9.3"] = "gender",
        ["1.3.6.1.5.5.7.9.4"] = "citizenship",
        ["1.3.6.1.5.5.7.9.5"] = "residence",
    };

    private static readonly Dictionary<string, string> Statements = new()
    {
        ["0.4.0.1862.1.1"] = "EU qualified",
        ["0.4.0.1862.1.2"] = "transactions up to",
        ["0.4.0.1862.1.3"] = "years of retention",
        ["0.4.0.1862.1.4"] = "key in a qualified device",
        ["0.4.0.1862.1.5"] = "disclosure statements",
        ["0.4.0.1862.1.6"] = "type",
        ["0.4.0.1862.1.7"] = "legislation of",
        ["0.4.0.19495.2"] = "PSD2",
        ["1.3.6.1.5.5.7.11.1"] = "qualified syntax v1",
        ["1.3.6.1.5.5.7.11.2"] = "qualified syntax v2",
    };

    private static readonly Dictionary<string, string> Types = new()
    {
        ["0.4.0.1862.1.6.1"] = "electronic signature",
        ["0.4.0.1862.1.6.2"] = "electronic seal",
        ["0.4.0.1862.1.6.3"] = "web authentication",
    };

    /// <summary>RFC 5280, section 4.2.1.8 with the attributes of RFC 3739, section 3.3.2.</summary>
    public static string DirectoryAttributes(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(element =>
    {
        Asn1Sequence attribute = Asn1Sequence.GetInstance(element);
        IEnumerable<string> values = Asn1Set.GetInstance(attribute[1]).Select(Values.Any);
        return $"{NameOf(attribute[0], Attributes)} {string.Join(" ", values)}";
    }));

    /// <summary>RFC 3739, section 3.2.6.</summary>
    public static string QualifiedStatements(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(element =>
    {
        Asn1Sequence statement = Asn1Sequence.GetInstance(element);
        string name = NameOf(statement[0], Statements);
        return statement.Count > 1 ? $"{name} {Content(statement[1])}" : name;
    }));

    /// <summary>The values within, whatever their nesting, in order.</summary>
    private static string Content(Asn1Encodable content) => content.ToAsn1Object() switch
    {
        Asn1Sequence sequence => string.Join(" ", sequence.Select(Content)),
        DerObjectIdentifier oid => NameOf(oid, Types),
        Asn1Object value => Values.Any(value),
    };

    private static string NameOf(Asn1Encodable oid, Dictionary<string, string> names)
    {
        string dotted = DerObjectIdentifier.GetInstance(oid).Id;
        return names.TryGetValue(dotted, out string? name) ? name : dotted;
    }
}
