using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Extensions;

/// <summary>A certificate policy (RFC 5280, section 4.2.1.4) with where its practices are published, and what its reader is told.</summary>
public sealed record CertificatePolicy
{
    internal const string CpsQualifier = "1.3.6.1.5.5.7.2.1";
    internal const string NoticeQualifier = "1.3.6.1.5.5.7.2.2";

    // RFC 5280, section 4.2.1.4: explicitText is of 200 characters at most.
    private const int MaximumNotice = 200;

    private CertificatePolicy(string oid, string? cpsUri, string? notice) => (Oid, CpsUri, Notice) = (oid, cpsUri, notice);

    /// <summary>The dotted OID.</summary>
    public string Oid { get; }

    /// <summary>The URI of the certification practice statement; null without one.</summary>
    public string? CpsUri { get; }

    /// <summary>The text of the user notice; null without one.</summary>
    public string? Notice { get; }

    /// <summary>Makes a policy.</summary>
    /// <param name="policy">The dotted OID, or a name such as <c>domain-validated</c>.</param>
    /// <param name="cpsUri">The URI of the certification practice statement.</param>
    /// <param name="notice">The text of the user notice, 200 characters at most.</param>
    /// <exception cref="CaExtensionException"><c>CertificatePolicyInvalid</c>.</exception>
    public static CertificatePolicy Create(string policy, string? cpsUri = null, string? notice = null)
    {
        string name = (policy ?? throw new ArgumentNullException(nameof(policy))).Trim();
        string oid = CertificatePolicyNames.Find(name)?.Oid ?? name;
        if (!oid.Contains(".") || !DerObjectIdentifier.TryFromID(oid, out _))
            throw ExtensionErrors.PolicyInvalid(name, "it begins with no OID and no known name");
        string? cps = Trimmed(cpsUri);
        if (cps is not null && (cps.Any(c => c is <= ' ' or >= '\x7f') || !Uri.TryCreate(cps, UriKind.Absolute, out _)))
            throw ExtensionErrors.PolicyInvalid(name, $"'{cps}' is no absolute URI of ASCII characters");
        string? text = Trimmed(notice);
        if (text is not null && (text.Length > MaximumNotice || text.Any(char.IsControl) || !UnicodeText.IsWellFormed(text)))
            throw ExtensionErrors.PolicyInvalid(name, $"the notice is longer than {MaximumNotice} characters, has control characters, or half a surrogate pair");
        return new CertificatePolicy(oid, cps, text);
    }

    /// <summary>Reads <c>OID</c> or <c>OID;cps=http://…;notice=text</c>; the notice goes to the end of the text.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static CertificatePolicy Parse(string text)
    {
        string rest = text ?? throw new ArgumentNullException(nameof(text));
        string? notice = TakeAfter(ref rest, "notice=");
        string? cps = TakeAfter(ref rest, "cps=");
        if (rest.IndexOf(';') >= 0)
            throw ExtensionErrors.PolicyInvalid(text, "after the OID, only cps= and then notice= may follow");
        return Create(rest, cps, notice);
    }

    /// <summary>Reads a table with the keys <c>Oid</c>, <c>CpsUri</c> (or <c>Cps</c>) and <c>Notice</c>.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static CertificatePolicy FromDictionary(IDictionary fields)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in fields ?? throw new ArgumentNullException(nameof(fields)))
        {
            string key = entry.Key.ToString() ?? string.Empty;
            string known = key.ToUpperInvariant() is "CPS" ? "CpsUri" : key;
            values[known] = entry.Value?.ToString();
        }

        string oid = values.TryGetValue("Oid", out string? given) && given is not null ? given : string.Empty;
        if (values.Keys.FirstOrDefault(key => key.ToUpperInvariant() is not ("OID" or "CPSURI" or "NOTICE")) is { } unknown)
            throw ExtensionErrors.PolicyInvalid(oid, $"'{unknown}' is no part of it");
        return Create(oid, values.TryGetValue("CpsUri", out string? cps) ? cps : null, values.TryGetValue("Notice", out string? notice) ? notice : null);
    }

    /// <summary>Reads an encoded policy, held against the rules for what is typed.</summary>
    /// <exception cref="CaExtensionException"><c>CertificatePolicyInvalid</c>.</exception>
    internal static CertificatePolicy FromAsn1(Asn1Sequence information)
    {
        string oid = DerObjectIdentifier.GetInstance(information[0]).Id;
        string? cps = null, notice = null;
        foreach (Asn1Sequence qualifier in information.Count > 1 ? Asn1Sequence.GetInstance(information[1]).Select(Asn1Sequence.GetInstance) : [])
        {
            switch (DerObjectIdentifier.GetInstance(qualifier[0]).Id)
            {
                case CpsQualifier when cps is null:
                    cps = DerIA5String.GetInstance(qualifier[1]).GetString();
                    break;
                case NoticeQualifier when notice is null && Asn1Sequence.GetInstance(qualifier[1]) is { Count: 1 } texts && texts[0] is DerUtf8String text:
                    notice = text.GetString();
                    break;
                default:
                    throw ExtensionErrors.PolicyInvalid(oid, "it has a qualifier that is not known, or twice, or a notice that is no UTF8String");
            }
        }

        return Create(oid, cps, notice);
    }

    /// <summary>The policy as text; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() =>
        Oid + (CpsUri is null ? string.Empty : $";cps={CpsUri}") + (Notice is null ? string.Empty : $";notice={Notice}");

    internal static void RequireDistinct(IEnumerable<CertificatePolicy> policies)
    {
        if (policies.GroupBy(policy => policy.Oid).FirstOrDefault(group => group.Skip(1).Any()) is { } repeated)
            throw ExtensionErrors.PolicyRepeated(repeated.Key);
    }

    internal Asn1Encodable ToAsn1()
    {
        var qualifiers = new List<Asn1Encodable>();
        if (CpsUri is not null)
            qualifiers.Add(new DerSequence(new DerObjectIdentifier(CpsQualifier), new DerIA5String(CpsUri)));
        if (Notice is not null)
            qualifiers.Add(new DerSequence(new DerObjectIdentifier(NoticeQualifier), new DerSequence(new DerUtf8String(Notice))));
        var oid = new DerObjectIdentifier(Oid);
        return qualifiers.Count == 0 ? new DerSequence(oid) : new DerSequence(oid, new DerSequence(qualifiers.ToArray()));
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    private static string? TakeAfter(ref string text, string key)
    {
        int found = text.IndexOf(";" + key, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
            return null;
        string value = text.Substring(found + 1 + key.Length);
        text = text.Substring(0, found);
        return value;
    }
}
