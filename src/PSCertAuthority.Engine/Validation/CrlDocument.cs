using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using GeneralName = PSCertAuthority.Names.GeneralName;

namespace PSCertAuthority.Validation;

/// <summary>A CRL that came from somewhere: what it is about, and what it says (RFC 5280, sections 5 and 6.3).</summary>
internal sealed class CrlDocument
{
    private readonly X509Crl _crl;
    private readonly byte[]? _scope;
    private readonly IssuingDistributionPoint? _point;

    private CrlDocument(X509Crl crl)
    {
        _crl = crl;
        _scope = crl.GetExtensionValue(X509Extensions.IssuingDistributionPoint)?.GetOctets();
        _point = _scope is null ? null : IssuingDistributionPoint.GetInstance(Asn1Object.FromByteArray(_scope));
        Number = NumberIn(X509Extensions.CrlNumber);
        BaseNumber = NumberIn(X509Extensions.DeltaCrlIndicator);
    }

    /// <summary>Null in CRLs without one.</summary>
    public BigInteger? Number { get; }

    /// <summary>The number of the complete CRL that it follows; null where it is complete itself.</summary>
    public BigInteger? BaseNumber { get; }

    /// <summary>When it was made; UTC.</summary>
    public DateTime ThisUpdate => _crl.ThisUpdate.ToUniversalTime();

    /// <summary>When the next one is due; UTC; null where it does not say.</summary>
    public DateTime? NextUpdate => _crl.NextUpdate?.ToUniversalTime();

    /// <summary>How many certificates it names.</summary>
    public int EntryCount => _crl.GetRevokedCertificates()?.Count ?? 0;

    /// <summary>Whether it lists certificates of several issuers.</summary>
    public bool IsIndirect => _point?.IsIndirectCrl == true;

    /// <summary>All that it lists.</summary>
    public IEnumerable<X509CrlEntry> Entries => _crl.GetRevokedCertificates() ?? Enumerable.Empty<X509CrlEntry>();

    /// <summary>Whether it speaks of some reasons alone, so that its silence means little.</summary>
    public bool IsPartial => _point?.OnlySomeReasons is not null;

    /// <summary>Whether it is about the certificates alone that name its address.</summary>
    public bool IsOfAddress => _point?.DistributionPoint is not null;

    /// <summary>Which certificates alone it lists; null where it lists all of its issuer, or of an address.</summary>
    public string? LimitedTo => _point switch
    {
        null => null,
        { OnlyContainsUserCerts: true } => "certificates of end entities",
        { OnlyContainsCACerts: true } => "certificates of authorities",
        { OnlyContainsAttributeCerts: true } => "attribute certificates",
        { OnlySomeReasons: not null } => "revocations for some reasons",
        _ => null,
    };

    /// <summary>PEM or DER; null where it is no CRL.</summary>
    public static CrlDocument? TryRead(byte[] content)
    {
        try
        {
            return new CrlDocument(new X509CrlParser().ReadCrl(Pem.Decode(content).FirstOrDefault(block => block.Label is "X509 CRL")?.Content ?? content));
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return null;
        }
    }

    /// <exception cref="CaCrlException"><c>CrlUnreadable</c>.</exception>
    public static PublishedCrl ReadFile(string path, DecodedCertificate issuer, string name)
    {
        byte[] content;
        try
        {
            content = InputFile.Read(path, InputFile.LargestList);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CrlErrors.Unreadable(path, e);
        }

        if (TryRead(content) is not { } crl)
            return new PublishedCrl { Path = path, Problem = $"'{path}' is no CRL." };
        string? fault = !crl.IsOf(issuer.SubjectName) ? "it is of another authority" : crl.FindFault(issuer, name, DateTime.MinValue);
        return new PublishedCrl
        {
            Path = path,
            Problem = fault is null ? null : $"'{path}' is no CRL of '{name}': {fault}.",
            Number = crl.Number?.LongValue,
            IsDelta = crl.BaseNumber is not null,
            ThisUpdate = crl.ThisUpdate.ToDisplayed(),
            NextUpdate = crl.NextUpdate?.ToDisplayed(),
            EntryCount = crl.EntryCount,
            Entries = serialNumber => crl.Find(serialNumber) is not null,
        };
    }

    public bool IsOf(X509Name issuer) => _crl.IssuerDN.Equivalent(issuer);

    /// <summary>Whether it is about that certificate (RFC 5280, section 6.3.3, step b).</summary>
    public bool Covers(DecodedCertificate certificate)
    {
        if (_point is null)
            return true;
        bool wrongKind = certificate.IsAuthority ? _point.OnlyContainsUserCerts : _point.OnlyContainsCACerts;
        if (wrongKind || _point.OnlyContainsAttributeCerts || _point.IsIndirectCrl)
            return false;
        string[] places = PlacesOf(_point.DistributionPoint);
        return places.Length == 0 || certificate.CrlUrls.Count == 0 || places.Intersect(certificate.CrlUrls).Any();
    }

    /// <summary>Whether this delta says what changed since that complete CRL (section 5.2.4).</summary>
    public bool Follows(CrlDocument complete) =>
        BaseNumber is { } since && Number is { } number && complete is { BaseNumber: null, Number: { } from }
        && since.CompareTo(from) <= 0 && from.CompareTo(number) < 0
        && (_scope is null ? complete._scope is null : complete._scope is not null && _scope.SequenceEqual(complete._scope));

    /// <summary>Why it cannot be relied on at that time; null where it can.</summary>
    public string? FindFault(DecodedCertificate issuer, string name, DateTime at)
    {
        CertificateList list = _crl.CertificateList;
        if (!SignatureVerification.IsValid(issuer.PublicKey, list.SignatureAlgorithm, list.TbsCertList.GetDerEncoded(), list.Signature))
            return $"the CRL of '{name}' does not bear its signature";
        return _crl.NextUpdate is { } next && next.ToUniversalTime() < at
            ? $"the CRL of '{name}' ended on {next.ToUniversalTime().ToDisplayed():yyyy-MM-dd HH:mm:ss}"
            : null;
    }

    /// <summary>When and why it says the certificate was revoked; null where it does not name it.</summary>
    public (DateTime At, RevocationReason Reason)? Find(string serialNumber)
    {
        if (_crl.GetRevokedCertificate(SerialNumbers.FromStored(serialNumber)) is not { } entry)
            return null;
        int reason = entry.GetExtensionParsedValue(X509Extensions.ReasonCode) is { } code ? DerEnumerated.GetInstance(code).IntValueExact : 0;
        return (entry.RevocationDate.ToUniversalTime(), (RevocationReason)reason);
    }

    private static string[] PlacesOf(DistributionPointName? name) => name is not { Type: DistributionPointName.FullName }
        ? []
        : [.. GeneralNames.GetInstance(name.Name).GetNames().Select(GeneralName.FromAsn1).Where(n => n.Kind == GeneralNameKind.Uri).Select(n => n.Value)];

    private BigInteger? NumberIn(DerObjectIdentifier extension) =>
        _crl.GetExtensionValue(extension) is { } value ? DerInteger.GetInstance(Asn1Object.FromByteArray(value.GetOctets())).Value : null;
}
