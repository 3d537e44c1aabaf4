using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Asn1Constraints = Org.BouncyCastle.Asn1.X509.NameConstraints;

namespace PSCertAuthority.Names;

/// <summary>The names an authority may issue, and those it may not (RFC 5280, section 4.2.1.10). Immutable.</summary>
public sealed class NameConstraints
{
    private NameConstraints(IReadOnlyList<GeneralName> permitted, IReadOnlyList<GeneralName> excluded)
    {
        Permitted = permitted;
        Excluded = excluded;
    }

    /// <summary>Within each kind of name that is named here, only these subtrees may be issued.</summary>
    public IReadOnlyList<GeneralName> Permitted { get; }

    /// <summary>These subtrees may not be issued.</summary>
    public IReadOnlyList<GeneralName> Excluded { get; }

    /// <summary>Whether everything may be issued.</summary>
    public bool IsEmpty => Permitted.Count == 0 && Excluded.Count == 0;

    /// <summary>Reads constraints; an entry is read as by <see cref="GeneralName.ParseConstraint"/>.</summary>
    /// <exception cref="CaNameException"><c>InvalidGeneralName</c>.</exception>
    public static NameConstraints Create(IEnumerable<string> permitted, IEnumerable<string> excluded) =>
        new([.. permitted.Select(GeneralName.ParseConstraint)], [.. excluded.Select(GeneralName.ParseConstraint)]);

    /// <summary>The first of a certificate's names that is forbidden; null where none is.</summary>
    /// <param name="subject">Its subject, held against directory names, its e-mail addresses against those.</param>
    /// <param name="alternativeNames">Its subject alternative names.</param>
    public NameConstraintViolation? FindViolation(DistinguishedName subject, IEnumerable<GeneralName> alternativeNames)
    {
        if (IsEmpty)
            return null;
        GeneralName[] alternatives = [.. alternativeNames];
        return NamesToCheck(subject, alternatives).Select(FindViolation).FirstOrDefault(violation => violation is not null);
    }

    /// <summary>The constraints in words.</summary>
    public override string ToString() => string.Join("; ", new[] { Words("permitted", Permitted), Words("excluded", Excluded) }.Where(w => w.Length > 0));

    internal static NameConstraints FromAsn1(Asn1Constraints asn1) => new(Names(asn1.PermittedSubtreesValue), Names(asn1.ExcludedSubtreesValue));

    internal Asn1Constraints ToAsn1() => new(Subtrees(Permitted), Subtrees(Excluded));

    private static string Words(string word, IReadOnlyList<GeneralName> names) => names.Count == 0 ? string.Empty : $"{word} {string.Join(", ", names)}";

    private static GeneralSubtrees? Subtrees(IReadOnlyList<GeneralName> names)
    {
        Asn1Encodable[] subtrees = [.. names.Select(name => new GeneralSubtree(name.ToAsn1()))];
        return subtrees.Length == 0 ? null : GeneralSubtrees.GetInstance(new DerSequence(subtrees));
    }

    private static GeneralName[] Names(GeneralSubtrees? subtrees) =>
        subtrees is null ? [] : [.. Asn1Sequence.GetInstance(subtrees.ToAsn1Object()).Select(element => GeneralName.FromAsn1(GeneralSubtree.GetInstance(element).Base))];

    private static IEnumerable<GeneralName> NamesToCheck(DistinguishedName subject, GeneralName[] alternatives)
    {
        foreach (GeneralName name in alternatives)
        {
            yield return name;
            if (OtherName.AsUsual(name) is { } usual)
                yield return usual;
        }

        if (!subject.IsEmpty)
            yield return GeneralName.FromAsn1(new Org.BouncyCastle.Asn1.X509.GeneralName(subject.ToX509Name()));
        // RFC 5280, section 4.2.1.10: addresses of e-mail in the subject count as well.
        foreach (string address in subject.GetValues("emailAddress"))
            yield return GeneralName.FromAsn1(new Org.BouncyCastle.Asn1.X509.GeneralName(Org.BouncyCastle.Asn1.X509.GeneralName.Rfc822Name, address));
        // As OpenSSL does: without a DNS name, clients take a common name that looks like a host for one.
        bool hasDns = alternatives.Any(name => name.Kind == GeneralNameKind.Dns);
        if (!hasDns && subject.CommonName is { } commonName && commonName.Contains(".")
            && HostName.ToALabels(commonName, HostNameRules.AllowWildcard) is { } host)
            yield return GeneralName.Parse("DNS:" + host);
    }

    private NameConstraintViolation? FindViolation(GeneralName name)
    {
        GeneralName? excluded = Excluded.FirstOrDefault(constraint => constraint.Kind == name.Kind && NameSubtree.Overlaps(name, constraint));
        if (excluded is not null)
            return new NameConstraintViolation(name, excluded, $"{name} lies in the excluded {excluded}.");
        GeneralName[] permitted = [.. Permitted.Where(constraint => constraint.Kind == name.Kind)];
        return permitted.Length == 0 || permitted.Any(constraint => NameSubtree.Contains(constraint, name))
            ? null
            : new NameConstraintViolation(name, null, $"{name} lies outside the permitted {string.Join(", ", permitted.Select(p => p.ToString()))}.");
    }
}
