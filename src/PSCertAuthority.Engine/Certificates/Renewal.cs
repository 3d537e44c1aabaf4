using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Audit;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
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
    ];

    private Renewal(CertificateRecord record) => (Record, Certificate) = (record, new DecodedCertificate(record.Certificate));

    public CertificateRecord Record { get; }

    public DecodedCertificate Certificate { get; }

    /// <summary>How long it was valid, in days.</summary>
    public int ValidDays => Math.Max(1, (int)Math.Round((Record.NotAfter - Record.NotBefore).TotalDays));

    /// <exception cref="CaCertificateException">It is unknown, ambiguous, revoked, or was renewed before.</exception>
    public static Renewal Read(CaStore store, CertificateIssueRequest request)
    {
        CertificateRecord record = store.Read(unit => CertificateFinder.Find(unit, request.Renews!));
        RequireRenewable(record, request.RenewAgain);
        var renewal = new Renewal(record);
        return renewal.Certificate.IsAuthority ? throw CaCertificateException.IsAuthority(SerialNumbers.ToPrinted(record.SerialNumber), record.Subject) : renewal;
    }

    /// <summary>The extensions that are kept: the usages unless another profile is asked for, the key usage only for a key of the same kind.</summary>
    public IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> KeptExtensions(KeyType key, bool otherProfile)
    {
        var kept = new List<(DerObjectIdentifier, X509Extension)>();
        foreach (DerObjectIdentifier oid in Certificate.Extensions?.GetExtensionOids() ?? [])
        {
            bool dropped = Rewritten.Contains(oid.Id)
                || oid.Id == ExtensionOids.KeyUsage && (otherProfile || Certificate.Key.Type != key)
                || oid.Id == ExtensionOids.ExtendedKeyUsage && otherProfile;
            if (!dropped)
                kept.Add((oid, Certificate.Extensions!.GetExtension(oid)));
        }

        return kept;
    }

    /// <summary>The certificate as it stands in the unit that stores its successor.</summary>
    /// <exception cref="CaCertificateException">Another process was quicker.</exception>
    public CertificateRecord Check(StoreUnit unit, CertificateIssueRequest request)
    {
        CertificateRecord record = unit.Certificates.Find(Record.AuthorityId, Record.SerialNumber) ?? throw CaCertificateException.NotFound(Record.SerialNumber);
        RequireRenewable(record, request.RenewAgain);
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

    private static void RequireRenewable(CertificateRecord record, bool again)
    {
        if (record.Revocation is { } revocation)
            throw CaCertificateException.RevokedNotRenewed(SerialNumbers.ToPrinted(record.SerialNumber), revocation);
        if (record.ReplacedBy is { } successor && !again)
            throw CaCertificateException.RenewedBefore(SerialNumbers.ToPrinted(record.SerialNumber), SerialNumbers.ToPrinted(successor.Split('/')[0]));
    }
}
