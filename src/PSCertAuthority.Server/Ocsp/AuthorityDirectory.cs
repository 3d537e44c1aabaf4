using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Storage;

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
    public IReadOnlyList<string> Missing => [.. wanted.Where(name => !Served.Any(authority => IsNamed(authority.Record, name)))];

    /// <summary>Takes over what the store says of the authorities.</summary>
    public void Load(IReadOnlyList<AuthorityRecord> records)
    {
        List<ServedAuthority> served = [];
        lock (_change)
        {
            foreach (AuthorityRecord record in records.Where(record => wanted.Count == 0 || wanted.Any(name => IsNamed(record, name))))
            {
                var authority = new ServedAuthority(record);
                if (_signers.TryGetValue(record.Id, out OcspResponseSigner? signer))
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
            if (IsNamed(authority.Record, text))
                return authority;
        }

        return null;
    }

    private static bool IsNamed(AuthorityRecord record, string text) =>
        string.Equals(record.Name, text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(record.SerialNumber, text.Replace(":", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        || record.CommonName.Length > 0 && string.Equals(record.CommonName, text, StringComparison.OrdinalIgnoreCase);
}
