using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Revocation;

/// <summary>What a CRL is about: the extension issuingDistributionPoint (RFC 5280, section 5.2.5).</summary>
public sealed record CrlScope
{
    /// <summary>Everything that the authority issued: no extension is written.</summary>
    public static CrlScope Everything { get; } = new();

    /// <summary>Which certificates.</summary>
    public CrlSubjects Only { get; init; }

    /// <summary>Which reasons; an empty list stands for all. What was revoked without a reason is listed with each of them.</summary>
    public IReadOnlyList<RevocationReason> Reasons { get; init; } = [];

    /// <summary>The URLs under which this CRL is published; they must be those in the certificates.</summary>
    public IReadOnlyList<string> DistributionPoint { get; init; } = [];

    /// <summary>Whether it is about everything, wherever it is published.</summary>
    public bool IsEverything => Only == CrlSubjects.All && Reasons.Count == 0 && DistributionPoint.Count == 0;

    /// <summary>The scope in words; empty for everything.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        Only == CrlSubjects.All ? string.Empty : $"only {Only}",
        string.Join(", ", Reasons.OrderBy(reason => reason)),
        string.Join(", ", DistributionPoint),
    }.Where(part => part.Length > 0));

    /// <summary>From its words, subjects and reasons; where it is published is left out.</summary>
    internal static CrlScope Read(string words)
    {
        const string prefix = "only ";
        string[] parts = words.Split(["; "], StringSplitOptions.None);
        bool isPart = parts[0].StartsWith(prefix, StringComparison.Ordinal);
        string reasons = parts.ElementAtOrDefault(isPart ? 1 : 0) ?? string.Empty;
        return new CrlScope
        {
            Only = isPart ? (CrlSubjects)Enum.Parse(typeof(CrlSubjects), parts[0].Substring(prefix.Length)) : CrlSubjects.All,
            Reasons = [.. reasons.Split([", "], StringSplitOptions.None).Where(name => Enum.IsDefined(typeof(RevocationReason), name)).Select(name => (RevocationReason)Enum.Parse(typeof(RevocationReason), name))],
        };
    }

    /// <summary>Refuses reasons that RFC 5280 has no flag for, and what is no URL.</summary>
    /// <exception cref="CaException"><c>CrlReasonInvalid</c> or <c>UrlInvalid</c>.</exception>
    internal CrlScope Check()
    {
        if (Reasons.Where(reason => reason is RevocationReason.Unspecified or RevocationReason.RemoveFromCrl).Select(reason => (RevocationReason?)reason).FirstOrDefault() is { } none)
            throw CrlErrors.ReasonInvalid(none);
        return this with { Reasons = [.. Reasons.Distinct().OrderBy(reason => reason)], DistributionPoint = DistributionUrls.Check(DistributionPoint) };
    }

    /// <summary>
    /// Whether a CRL of this scope lists it. What was revoked without a reason is on the CRL of every reason: who has seen the CRLs of all reasons
    /// takes a certificate for valid (RFC 5280, section 6.3.3), and unspecified is none of them.
    /// </summary>
    internal bool Contains(bool isAuthority, RevocationReason reason) => Only switch
    {
        CrlSubjects.Ca => isAuthority,
        CrlSubjects.User => !isAuthority,
        CrlSubjects.Attribute => false,
        _ => true,
    } && (Reasons.Count == 0 || reason == RevocationReason.Unspecified || Reasons.Contains(reason));

    internal IssuingDistributionPoint ToAsn1() => new(
        DistributionPoint.Count == 0
            ? null
            : new DistributionPointName(new GeneralNames([.. DistributionPoint.Select(url => new GeneralName(GeneralName.UniformResourceIdentifier, new DerIA5String(url)))])),
        Only == CrlSubjects.User,
        Only == CrlSubjects.Ca,
        Reasons.Count == 0 ? null : new ReasonFlags(Reasons.Aggregate(0, (flags, reason) => flags | FlagOf(reason))),
        indirectCRL: false,
        Only == CrlSubjects.Attribute);

    private static int FlagOf(RevocationReason reason) => reason switch
    {
        RevocationReason.KeyCompromise => ReasonFlags.KeyCompromise,
        RevocationReason.CACompromise => ReasonFlags.CACompromise,
        RevocationReason.AffiliationChanged => ReasonFlags.AffiliationChanged,
        RevocationReason.Superseded => ReasonFlags.Superseded,
        RevocationReason.CessationOfOperation => ReasonFlags.CessationOfOperation,
        RevocationReason.CertificateHold => ReasonFlags.CertificateHold,
        RevocationReason.PrivilegeWithdrawn => ReasonFlags.PrivilegeWithdrawn,
        RevocationReason.AACompromise => ReasonFlags.AACompromise,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
