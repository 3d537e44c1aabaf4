using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>Where a certificate's relying parties find the CRL, the OCSP responder and the issuer's certificate.</summary>
internal sealed record DistributionUrls(IReadOnlyList<string> Crl, IReadOnlyList<string> Ocsp, IReadOnlyList<string> Issuer)
{
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
        {
            GeneralName[] names = [.. Crl.Select(ToName)];
            var point = new DistributionPoint(new DistributionPointName(new GeneralNames(names)), null, null);
            extensions.AddExtension(X509Extensions.CrlDistributionPoints, critical: false, new CrlDistPoint([point]));
        }

        AccessDescription[] descriptions =
        [
            .. Ocsp.Select(url => new AccessDescription(AccessDescription.IdADOcsp, ToName(url))),
            .. Issuer.Select(url => new AccessDescription(AccessDescription.IdADCAIssuers, ToName(url))),
        ];
        if (descriptions.Length > 0)
            extensions.AddExtension(X509Extensions.AuthorityInfoAccess, critical: false, new AuthorityInformationAccess(descriptions));
    }

    private static GeneralName ToName(string url) => new(GeneralName.UniformResourceIdentifier, new DerIA5String(url));
}
