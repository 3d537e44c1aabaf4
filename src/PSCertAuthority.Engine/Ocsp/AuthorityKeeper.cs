using System;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Profiles;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Ocsp;

/// <summary>Does what a responder needs an authority's key for: it makes credentials, and signs CRLs. Where it lives, the key is used.</summary>
internal sealed class AuthorityKeeper(CaEngine engine, TimeProvider clock, AuthorityIdentity authority, SecureString? password)
{
    private const int LongestCommonName = 64;
    private static readonly TimeSpan CredentialLife = TimeSpan.FromDays(7);

    public AuthorityIdentity Authority => authority;

    /// <summary>Makes a key in memory and has the authority certify it under the profile <c>ocsp</c>, for a week.</summary>
    /// <exception cref="CaException">The authority cannot sign.</exception>
    public ResponderCredential IssueCredential()
    {
        CaAuthority issuer = engine.Authorities.Get(authority);
        // Who verifies the authority's signatures verifies these.
        PrivateKey key = PrivateKey.Generate(KeySpecification.Create(issuer.KeyType, issuer.KeyType == KeyType.RSA ? KeySpecification.MinimumRsaSize : null));
        try
        {
            DistinguishedName subject = issuer.Subject.WithCommonName(NameOf(issuer));
            DateTime end = clock.GetUtcSecond() + CredentialLife;
            using IssuancePipeline pipeline = engine.BeginIssuance();
            pipeline.Submit(new CertificateIssueRequest
            {
                Authority = authority,
                Password = password,
                IsServerManaged = true,
                Purpose = SigningPurpose.Revocation,
                Request = CertificateRequestReader.Read(RequestFactory.Sign(key, subject, []), "the responder's request"),
                Profile = BuiltInProfiles.ResponderName,
                Subject = subject,
                ExtendedKeyUsage = [ExtendedKeyUsageNames.OcspSigning],
                NoCommonNameInSubjectAlternativeName = true,
                NotAfter = end < issuer.NotAfter.ToUniversalTime() ? end : issuer.NotAfter.ToUniversalTime(),
            });
            foreach (IssueOutcome outcome in pipeline.Complete())
                return new ResponderCredential(key, new DecodedCertificate(outcome.Certificate?.ToDer() ?? throw outcome.Error!));
            throw new InvalidOperationException("A request had no outcome.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Signs a complete CRL as of now.</summary>
    /// <exception cref="CaException">The authority cannot sign.</exception>
    public CaCrl SignCrl(TimeSpan validFor) => engine.Crls.Create(authority, password, validFor);

    private static string NameOf(CaAuthority issuer)
    {
        const string role = " OCSP";
        string name = issuer.Subject.CommonName ?? issuer.Name;
        return (name.Length + role.Length > LongestCommonName ? name.Remove(LongestCommonName - role.Length) : name) + role;
    }
}
