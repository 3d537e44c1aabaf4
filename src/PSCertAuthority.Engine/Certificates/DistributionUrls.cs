using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>Where a certificate's relying parties find the CRL, the OCSP responder and the issuer's certificate.</summary>
internal sealed record DistributionUrls(IReadOnlyList<string> Crl, IReadOnlyList<string> Ocsp, IReadOnlyList<string> Issuer)
{
    /// <summary>Where delta CRLs are (freshestCRL; RFC 5280, section 4.2.1.15).</summary>
    public IReadOnlyList<string> DeltaCrl { get; init; } = [];

    private static readonly string[] Schemes = ["http", "https", "ldap", "ldaps", "ftp"];

    /// <exception cref="CaIssuanceException"><c>UrlInvalid</c>.</exception>
    public static IReadOnlyList<string> Check(IEnumerable<string> urls)
    {
        string[] checkedUrls = [.. urls.Select(url => url.Trim())];
        foreach (string url in checkedUrls)
        {
            bool valid = url.All(c => c is > ' ' and < '\x7f')
                && System.Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
                && Schemes.Contains(parsed.Scheme, StringComparer.OrdinalIgnoreCase)
                && (parsed.Host.Length > 0 || parsed.Scheme.StartsWith("ldap", StringComparison.OrdinalIgnoreCase));
            if (!valid)
                throw IssuanceErrors.UrlInvalid(url);
        }

        return checkedUrls;
    }

    public void AddTo(X509ExtensionsGenerator extensions)
    {
        if (Crl.Count > 0)
            extensions.AddExtension(X509Extensions.CrlDistributionPoints, critical: false, ToDistributionPoints(Crl));
        if (DeltaCrl.Count > 0)
            extensions.AddExtension(X509Extensions.FreshestCrl, critical: false, ToDistributionPoints(DeltaCrl));

        AccessDescription[] descriptions =
        [
            .. Ocsp.Select(url => new AccessDescription(AccessDescription.IdADOcsp, ToName(url))),
            .. Issuer.Select(url => new AccessDescription(AccessDescription.IdADCAIssuers, ToName(url))),
        ];
        if (descriptions.Length > 0)
            extensions.AddExtension(X509Extensions.AuthorityInfoAccess, critical: false, new AuthorityInformationAccess(descriptions));
    }

    /// <summary>One distribution point with all its addresses.</summary>
    public static CrlDistPoint ToDistributionPoints(IReadOnlyList<string> urls)
    {
        GeneralName[] names = [.. urls.Select(ToName)];
        return new CrlDistPoint([new DistributionPoint(new DistributionPointName(new GeneralNames(names)), null, null)]);
    }

    private static GeneralName ToName(string url) => new(GeneralName.UniformResourceIdentifier, new DerIA5String(url));
}
