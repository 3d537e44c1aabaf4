using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>The authorities that are served: those asked for, as the store knows them now.</summary>
/// <param name="wanted">Names, common names or serial numbers, as they were typed; none for all authorities.</param>
internal sealed class AuthorityDirectory(IReadOnlyList<string> wanted)
{
    private readonly Dictionary<int, OcspResponseSigner> _signers = [];
    private readonly Lock _change = new();
    private IReadOnlyList<ServedAuthority> _served = [];

    public IReadOnlyList<ServedAuthority> Served => Volatile.Read(ref _served);

    /// <summary>What was asked for and is not in the store.</summary>
    public IReadOnlyList<string> Missing => [.. wanted.Where(name => !Served.Any(authority => authority.IsNamed(name)))];

    /// <summary>Takes over what the store says of the authorities.</summary>
    public void Load(IReadOnlyList<AuthorityState> states)
    {
        List<ServedAuthority> served = [];
        lock (_change)
        {
            foreach (AuthorityState state in states)
            {
                var authority = new ServedAuthority(state);
                if (wanted.Count > 0 && !wanted.Any(authority.IsNamed))
                    continue;
                if (_signers.TryGetValue(authority.Id, out OcspResponseSigner? signer))
                    authority.Use(signer);
                served.Add(authority);
            }

            Volatile.Write(ref _served, served);
        }
    }

    /// <summary>Signs for an authority with that credential from now on.</summary>
    public void Use(int authority, ResponderCredential credential)
    {
        var signer = new OcspResponseSigner(credential);
        lock (_change)
        {
            _signers[authority] = signer;
            foreach (ServedAuthority served in _served.Where(served => served.Id == authority))
                served.Use(signer);
        }
    }

    public ServedAuthority? FindIssuer(CertificateId certificate)
    {
        foreach (ServedAuthority authority in Served)
        {
            if (authority.IsIssuerOf(certificate))
                return authority;
        }

        return null;
    }

    /// <summary>By name or serial number, as an address has it.</summary>
    public ServedAuthority? Find(string text)
    {
        foreach (ServedAuthority authority in Served)
        {
            if (authority.IsNamed(text))
                return authority;
        }

        return null;
    }
}
