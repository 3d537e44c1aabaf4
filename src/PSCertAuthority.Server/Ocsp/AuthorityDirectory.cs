using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>The authorities that are served: those asked for, as the store knows them now.</summary>
/// <param name="wanted">Names, common names or serial numbers, as they were typed; none for all authorities.</param>
internal sealed class AuthorityDirectory(IReadOnlyList<string> wanted)
{
    private static readonly ImmutableHashSet<string> NoSerialNumbers = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<int, OcspResponseSigner> _signers = [];
    private readonly Dictionary<int, ImmutableHashSet<string>> _serialNumbers = [];
    private readonly Lock _change = new();
    private IReadOnlyList<ServedAuthority> _served = [];

    public IReadOnlyList<ServedAuthority> Served => Volatile.Read(ref _served);

    /// <summary>What was asked for and is not in the store.</summary>
    public IReadOnlyList<string> Missing => [.. wanted.Where(name => !Served.Any(authority => authority.IsNamed(name)))];

    /// <summary>Takes over what the store says of the authorities.</summary>
    public void Load(IReadOnlyList<AuthorityRecord> records)
    {
        List<ServedAuthority> served = [];
        lock (_change)
        {
            foreach (AuthorityRecord record in records)
            {
                var authority = new ServedAuthority(record, SerialNumbersOf(record));
                if (wanted.Count > 0 && !wanted.Any(authority.IsNamed))
                    continue;
                if (_signers.TryGetValue(record.Id, out OcspResponseSigner? signer))
                    authority.Use(signer);
                served.Add(authority);
            }

            Volatile.Write(ref _served, served);
        }
    }

    /// <summary>Renewing gives an authority another serial number; it is still asked for by the one that it had.</summary>
    private ImmutableHashSet<string> SerialNumbersOf(AuthorityRecord record) =>
        _serialNumbers[record.Id] = _serialNumbers.GetValueOrDefault(record.Id, NoSerialNumbers).Add(record.SerialNumber);

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
