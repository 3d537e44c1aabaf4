using System.Collections.Generic;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions;

/// <summary>
/// What limits the policies of the certificates below an authority (RFC 5280, sections 4.2.1.11 and 4.2.1.14). Each is the number of
/// certificates that may follow before it counts, 0 to 100; null without such a limit.
/// </summary>
public sealed record PolicyLimits
{
    private const int Maximum = 100;

    /// <summary>After so many certificates, each one must have an acceptable policy.</summary>
    public int? RequireExplicitPolicy { get; init; }

    /// <summary>After so many certificates, policies can no longer be mapped to others.</summary>
    public int? InhibitPolicyMapping { get; init; }

    /// <summary>After so many certificates, the policy anyPolicy no longer stands for all.</summary>
    public int? InhibitAnyPolicy { get; init; }

    /// <exception cref="CaExtensionException"><c>PolicySkipInvalid</c>.</exception>
    internal void RequireValid()
    {
        Require(nameof(RequireExplicitPolicy), RequireExplicitPolicy);
        Require(nameof(InhibitPolicyMapping), InhibitPolicyMapping);
        Require(nameof(InhibitAnyPolicy), InhibitAnyPolicy);
    }

    /// <summary>The PolicyConstraints; null where they would be empty.</summary>
    internal Asn1Encodable? ConstraintsToAsn1()
    {
        var fields = new List<Asn1Encodable>();
        if (RequireExplicitPolicy is { } require)
            fields.Add(new DerTaggedObject(false, 0, DerInteger.ValueOf(require)));
        if (InhibitPolicyMapping is { } inhibit)
            fields.Add(new DerTaggedObject(false, 1, DerInteger.ValueOf(inhibit)));
        return fields.Count == 0 ? null : new DerSequence(fields.ToArray());
    }

    private static void Require(string parameter, int? certificates)
    {
        if (certificates is < 0 or > Maximum)
            throw ExtensionErrors.PolicySkipInvalid(parameter, certificates.Value);
    }
}
