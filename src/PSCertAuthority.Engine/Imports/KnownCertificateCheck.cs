using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>Holds a certificate for the key of an authority of the store against what is known here: anybody can write one for a public key.</summary>
internal sealed class KnownCertificateCheck(StoreUnit unit, AuthorityRecord known, DecodedCertificate certificate)
{
    /// <summary>What a certificate lets an authority do.</summary>
    private static readonly string[] Limits =
        [ExtensionOids.BasicConstraints, ExtensionOids.NameConstraints, ExtensionOids.KeyUsage, ExtensionOids.ExtendedKeyUsage];

    /// <summary>Refuses what an issuer of this store did not sign, and what is no answer to a request any more.</summary>
    /// <exception cref="CaImportException"><c>ImportIssuerSignatureInvalid</c> or <c>ImportCertificateExpired</c>.</exception>
    public void Require(string source, DateTime now)
    {
        if (known.Certificate.SequenceEqual(certificate.Der) || known.FormerCertificates.Any(former => former.SequenceEqual(certificate.Der)))
            return;
        AuthorityRecord[] issuers = [.. unit.Authorities.All().Where(other => other.Id != known.Id && new DecodedCertificate(other.Certificate).SubjectName.Equivalent(certificate.IssuerName))];
        if (issuers.Length > 0 && !certificate.IsSelfSigned && !issuers.Any(issuer => AuthorityIntake.IsIssuer(issuer, certificate)))
            throw ImportErrors.IssuerSignatureInvalid(source, certificate.Subject.ToString(), issuers[0].Name);
        if (known.IsPending && certificate.NotAfter <= now)
            throw ImportErrors.CertificateExpired(source, known.Name, certificate.NotAfter);
    }

    /// <summary>Tells where the certificate says something else than the request, or the certificate whose place it takes.</summary>
    public IEnumerable<string> Differences()
    {
        IReadOnlyList<CertificateExtension> after = ExtensionReader.ReadCertificate(certificate.Der, "the certificate");
        IReadOnlyList<CertificateExtension> before = known.Request is { } request
            ? CertificateRequestReader.Read(request, "the request").Extensions
            : ExtensionReader.ReadCertificate(known.Certificate, "the certificate");
        return Limits.Select(oid => (Oid: oid, Before: Words(before, oid), After: Words(after, oid))).Where(limit => limit.Before != limit.After).Select(limit =>
        {
            string name = KnownExtensions.Find(limit.Oid)?.Name ?? limit.Oid;
            return known.IsPending
                ? $"The issuer of '{known.Name}' has changed '{name}': {limit.Before} was requested, the certificate says {limit.After}."
                : $"The certificate that took the place of that of '{known.Name}' has another '{name}': {limit.Before} before, {limit.After} now.";
        });
    }

    private static string Words(IReadOnlyList<CertificateExtension> extensions, string oid) =>
        extensions.FirstOrDefault(extension => extension.Oid == oid) is { } found ? $"'{found.Description}'" : "nothing";
}
