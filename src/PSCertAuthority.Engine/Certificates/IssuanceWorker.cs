using System;
using System.Collections.Concurrent;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Keys;
using PSCertAuthority.Notifications;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>From a request to a signed certificate, on any number of threads; authorities are opened once each.</summary>
internal sealed class IssuanceWorker(CaStore store, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(string Identity, SecureString? Password), Lazy<IssuingAuthority>> _authorities = new();
    private readonly IssuingAuthorityReader _reader = new(store, clock);
    private readonly Lazy<IssuancePolicy> _policy = new(() => store.Read(IssuancePolicy.Read));

    public PendingCertificate Sign(CertificateIssueRequest request)
    {
        if (request is { Request: null, RequestPath: { } path })
            request = request with { Request = CertificateRequestReader.ReadFile(path) };
        IssuingAuthority authority = Open(request);
        CertificateProfile profile = _policy.Value.ProfileFor(request.Profile);
        var validation = new IssuanceValidation(authority, profile, _policy.Value.Settings, clock.GetUtcSecond());
        if (request.Request is { } csr)
        {
            CertificateContents contents = validation.Validate(request, csr.PublicKey, KeySpecification.Create(csr.KeyType, csr.KeySize));
            return ToPending(request, authority, profile, authority.Signer.Issue(contents), keyFile: null);
        }

        if (request.GenerateKey is not { } specification || request.KeyPath is null)
            throw IssuanceErrors.KeyDestinationMissing();
        using PrivateKey key = PrivateKey.Generate(specification);
        SignedCertificate signed = authority.Signer.Issue(validation.Validate(request, key.PublicKey, specification));
        return ToPending(request, authority, profile, signed, PrivateKeyFile.Encode(key, request.KeyPassword));
    }

    public void Dispose()
    {
        foreach (Lazy<IssuingAuthority> authority in _authorities.Values)
        {
            if (authority.IsValueCreated)
                authority.Value.Dispose();
        }
    }

    private IssuingAuthority Open(CertificateIssueRequest request)
    {
        string identity = request.Authority.Id is { } id ? $"#{id}" : request.Authority.Text;
        return _authorities.GetOrAdd(
            (identity, request.Password),
            _ => new Lazy<IssuingAuthority>(() => _reader.Open(request.Authority, request.Password))).Value;
    }

    private PendingCertificate ToPending(
        CertificateIssueRequest request, IssuingAuthority authority, CertificateProfile profile, SignedCertificate signed, byte[]? keyFile)
    {
        var decoded = new DecodedCertificate(signed.Der);
        var record = new CertificateRecord
        {
            SerialNumber = signed.SerialNumber,
            AuthorityId = authority.Id,
            Subject = decoded.Subject.ToString(),
            CommonName = decoded.Subject.CommonName ?? string.Empty,
            Profile = profile.Name,
            NotBefore = signed.NotBefore,
            NotAfter = signed.NotAfter,
            IssuedAt = clock.GetUtcSecond(),
            Watchers = WatcherList.Of(request.Watchers),
            Certificate = signed.Der,
        };
        return new PendingCertificate(record, authority.Name, keyFile);
    }
}
