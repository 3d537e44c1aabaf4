using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using GeneralName = PSCertAuthority.Names.GeneralName;
using X509Extension = Org.BouncyCastle.Asn1.X509.X509Extension;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate whose place a new one takes, and what of it the new one keeps.</summary>
internal sealed class Renewal
{
    // What the authority, the profile or the log of certificates writes anew.
    private static readonly HashSet<string> Rewritten =
    [
        ExtensionOids.BasicConstraints, ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.SubjectAlternativeName,
        ExtensionOids.IssuerAlternativeName, ExtensionOids.CrlDistributionPoints, ExtensionOids.FreshestCrl, ExtensionOids.AuthorityInformationAccess, ExtensionOids.OcspNoCheck,
        ExtensionOids.SignedCertificateTimestamps,

        // These are for authorities (RFC 5280, sections 4.2.1.5, 4.2.1.10, 4.2.1.11 and 4.2.1.14), whatever a certificate from elsewhere has.
        ExtensionOids.NameConstraints, ExtensionOids.PolicyMappings, ExtensionOids.PolicyConstraints, ExtensionOids.InhibitAnyPolicy,
    ];

    private const int AuthorityBits = KeyUsage.KeyCertSign | KeyUsage.CrlSign;

    private Renewal(CertificateRecord record, AuthorityIdentity issuer) => (Record, Certificate, Issuer) = (record, new DecodedCertificate(record.Certificate), issuer);

    public CertificateRecord Record { get; }

    public DecodedCertificate Certificate { get; }

    /// <summary>Who issues the new one where nobody else is asked: its authority, or the one with the newest key that took the authority's place.</summary>
    public AuthorityIdentity Issuer { get; }

    public IReadOnlyList<GeneralName> SubjectAlternativeNames => Read(ExtensionOids.SubjectAlternativeName, () => Certificate.SubjectAlternativeNames);

    /// <exception cref="CaCertificateException">It is unknown, ambiguous, revoked, was renewed before, or cannot be read.</exception>
    public static Renewal Read(CaStore store, CertificateIssueRequest request)
    {
        (CertificateRecord record, AuthorityIdentity issuer) = store.Read(unit =>
        {
            CertificateRecord found = CertificateFinder.Find(unit, request.Renews!);
            return (found, request.Authority ?? IssuerOf(unit, found));
        });
        if (DecodedCertificate.SaysAuthority(record.Certificate))
            throw CaCertificateException.IsAuthority(SerialNumbers.ToPrinted(record.SerialNumber), record.Subject);
        RequireRenewable(record, request.RenewAgain);
        var renewal = new Renewal(record, issuer);
        return renewal.Read(ExtensionOids.BasicConstraints, () => renewal.Certificate.IsAuthority)
            ? throw CaCertificateException.IsAuthority(SerialNumbers.ToPrinted(record.SerialNumber), record.Subject) : renewal;
    }

    /// <summary>As long as the old one, to the second.</summary>
    /// <inheritdoc cref="Certificates.Validity.Renewing" path="/exception"/>
    public Validity Validity(DateTime now) => Certificates.Validity.Renewing(now, Record.NotBefore, Record.NotAfter, Record.IssuedAt);

    /// <summary>
    /// The profile for a renewal that asks for no other: what the certificate itself says goes before it, and what the certificate leaves out stays out.
    /// One that was imported without a profile has that of its own extensions.
    /// </summary>
    /// <param name="profile">The certificate's profile; null for none.</param>
    public CertificateProfile OwnProfile(CertificateProfile? profile)
    {
        X509Extension? usage = Find(ExtensionOids.KeyUsage);
        X509KeyUsageFlags own = usage is null ? X509KeyUsageFlags.None : Read(ExtensionOids.KeyUsage, () => (X509KeyUsageFlags)(Certificate.KeyUsage & ~AuthorityBits));
        profile ??= new CertificateProfile { Name = string.Empty, Description = string.Empty, KeyUsage = own, KeyUsageCritical = usage?.IsCritical == true };
        return profile with
        {
            KeyUsage = usage is null ? X509KeyUsageFlags.None : profile.KeyUsage,
            ExtendedKeyUsage = [],
            OcspNoCheck = Find(ExtensionOids.OcspNoCheck) is not null,
        };
    }

    /// <summary>The extensions that are kept: the usages unless another profile is asked for, the key usage only for a key of the same kind.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateExtensionInvalid</c>.</exception>
    public IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> KeptExtensions(KeyType key, bool otherProfile)
    {
        var kept = new List<(DerObjectIdentifier, X509Extension)>();
        foreach (DerObjectIdentifier oid in Extensions?.GetExtensionOids() ?? [])
        {
            bool dropped = Rewritten.Contains(oid.Id)
                || oid.Id == ExtensionOids.KeyUsage && (otherProfile || Certificate.Key.Type != key)
                || oid.Id == ExtensionOids.ExtendedKeyUsage && otherProfile;
            if (!dropped && Read(oid.Id, () => Kept(oid, Extensions!.GetExtension(oid), key)) is { } extension)
                kept.Add((oid, extension));
        }

        return kept;
    }

    private X509Extensions? Extensions => Read("extensions", () => Certificate.Extensions);

    private X509Extension? Find(string oid) => Extensions?.GetExtension(new DerObjectIdentifier(oid));

    /// <summary>An extension as a certificate of ours may hold it: in DER, without the bits of authorities and those that its key cannot do; null for one that says nothing then.</summary>
    private static X509Extension? Kept(DerObjectIdentifier oid, X509Extension extension, KeyType key)
    {
        Asn1Object value = Asn1Object.FromByteArray(extension.Value.GetOctets());
        if (oid.Id == ExtensionOids.KeyUsage)
        {
            int bits = DerBitString.GetInstance(value).IntValue;
            int kept = (int)KeyUsageNames.Possible((X509KeyUsageFlags)(bits & ~AuthorityBits), key);
            if (kept == 0)
                return null;
            if (kept != bits)
                value = new KeyUsage(kept).ToAsn1Object();
        }
        else if (oid.Id is ExtensionOids.ExtendedKeyUsage or ExtensionOids.CertificatePolicies && Asn1Sequence.GetInstance(value).Count == 0)
        {
            return null;
        }

        return new X509Extension(extension.IsCritical, new DerOctetString(value.GetEncoded(Asn1Encodable.Der)));
    }

    /// <summary>A certificate that was imported may have anything in its extensions.</summary>
    private T Read<T>(string extension, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw CaCertificateException.ExtensionInvalid(SerialNumbers.ToPrinted(Record.SerialNumber), Record.Subject, extension, e);
        }
    }

    /// <summary>The certificate as it stands in the unit that stores its successor.</summary>
    /// <exception cref="CaCertificateException">Another process was quicker, or the key is in other hands.</exception>
    public CertificateRecord Check(StoreUnit unit, CertificateIssueRequest request, CertificateRecord successor)
    {
        CertificateRecord record = unit.Certificates.Find(Record.AuthorityId, Record.SerialNumber) ?? throw CaCertificateException.NotFound(Record.SerialNumber);
        RequireRenewable(record, request.RenewAgain);
        if (request.GenerateKey is null && SameKey.FindCompromised(unit, record, new DecodedCertificate(successor.Certificate).PublicKey) is { } compromised)
            throw CaCertificateException.KeyCompromised(SerialNumbers.ToPrinted(record.SerialNumber), SerialNumbers.ToPrinted(compromised.SerialNumber));
        return record;
    }

    /// <summary>Links the two, and revokes the old one where that is wanted.</summary>
    public static void Replace(StoreUnit unit, CertificateRecord record, CertificateRecord successor, RenewedCertificate renewed, DateTime now)
    {
        CertificateRecord replaced = record with { ReplacedBy = CertificateDocument.Key(successor.AuthorityId, successor.SerialNumber) };
        if (renewed == RenewedCertificate.Revoke)
        {
            var revocation = new RevocationRecord(now, RevocationReason.Superseded, null);
            replaced = replaced with { Revocation = revocation };
            CrlListing.Put(unit, new CrlEntryRecord(record.AuthorityId, record.SerialNumber, record.NotAfter, revocation));
            unit.Record(AuditAct.CertificateRevoked, record.AuditName, revocation.Reason.ToString());
        }

        unit.Certificates.Update(replaced);
    }

    private static AuthorityIdentity IssuerOf(StoreUnit unit, CertificateRecord record)
    {
        AuthorityRecord authority = unit.Authorities.FindById(record.AuthorityId) ?? throw AuthorityErrors.NotFound($"#{record.AuthorityId}");
        return new AuthorityIdentity(AuthorityFinder.Current(unit, authority));
    }

    private static void RequireRenewable(CertificateRecord record, bool again)
    {
        if (record.Revocation is { } revocation)
            throw CaCertificateException.RevokedNotRenewed(SerialNumbers.ToPrinted(record.SerialNumber), revocation);
        if (record.ReplacedBy is { } successor && !again)
            throw CaCertificateException.RenewedBefore(SerialNumbers.ToPrinted(record.SerialNumber), SerialNumbers.ToPrinted(successor.Split('/')[0]));
    }
}
