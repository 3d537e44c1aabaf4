using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Authorities;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Makes credentials and CRLs in this process, with the authorities' own keys; only where that was asked for.</summary>
internal sealed class OwnKeySource(CaEngine engine, ResponderSecrets secrets, TimeProvider clock) : ICredentialSource, ICrlSource
{
    private readonly ConcurrentDictionary<IssuerKey, AuthorityKeeper> _keepers = new();

    public TimeSpan Retry => TimeSpan.FromSeconds(30);

    public bool IsDue(ServedAuthority authority) => authority.Signer is not { } signer || clock.GetUtcNow().UtcDateTime >= signer.Credential.ReplaceAt;

    public async Task<ResponderCredential?> GetAsync(ServedAuthority authority, CancellationToken cancellation) =>
        await Task.Run(() => Keeper(authority).IssueCredential(), cancellation);

    public async Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => Keeper(authority).SignCrl(validFor).ToDer(), cancellation);
        }
        catch (CaException)
        {
            return null;
        }
    }

    private AuthorityKeeper Keeper(ServedAuthority authority) =>
        _keepers.GetOrAdd(authority.Key, _ => new AuthorityKeeper(engine, clock, new AuthorityIdentity(authority.Record), secrets.Password));
}
