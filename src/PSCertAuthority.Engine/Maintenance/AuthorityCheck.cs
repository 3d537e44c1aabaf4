using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Checks authorities: their certificates, their parents, and their key files.</summary>
internal sealed class AuthorityCheck(
    CaStore store, StoreFindings findings, IReadOnlyDictionary<int, AuthorityRecord> authorities, IReadOnlyDictionary<int, SubjectPublicKeyInfo> keys)
{
    public void Check(AuthorityRecord authority)
    {
        if (authority.ParentId is { } parent && !authorities.ContainsKey(parent))
            findings.Error("ParentMissing", authority.Name, $"Its parent with the number {parent} is not there.");
        using var issuers = new IssuerKeys(keys);
        string? elsewhere = authority.ParentId is null ? IssuerElsewhere(authority) : null;
        VerifyingKey? key = elsewhere is null ? issuers.Find(authority.ParentId ?? authority.Id) : null;
        var fault = StoredCertificateCheck.FindFault(authority.Certificate, authority.SerialNumber, authority.Subject, authority.NotAfter, key);
        if (fault is var (kind, message))
            findings.Error(kind, authority.Name, message);
        else if (elsewhere is not null)
            findings.Tell("SignatureNotChecked", authority.Name, $"Its issuer '{elsewhere}' is not in this store, so that its signature could not be checked. Import-CaAuthority takes the issuer's certificate.");
        CheckKeyFile(authority);
    }

    /// <summary>Whether the key directory has files that no authority knows.</summary>
    public void CheckKeyDirectory()
    {
        if (!Directory.Exists(store.KeyDirectory))
            return;
        IReadOnlyList<AuthorityRecord> all = store.Read(unit => unit.Authorities.WithPending());
        foreach (AuthorityRecord pending in all.Where(authority => authority.IsPending))
            CheckKeyFile(pending);
        var known = new HashSet<string>(all.Select(authority => AuthorityFinder.KeyPathOf(store, authority)), StringComparer.Ordinal)
        {
            Path.Combine(store.KeyDirectory, SettingSecret.FileName),
        };
        foreach (string file in Directory.EnumerateFiles(store.KeyDirectory).Where(file => !known.Contains(file)))
            findings.Warn("KeyFileUnknown", file, "No authority of the store knows this file.");
    }

    /// <summary>Who issued an authority that names another as its issuer; null where it names itself.</summary>
    private static string? IssuerElsewhere(AuthorityRecord authority)
    {
        try
        {
            var certificate = new DecodedCertificate(authority.Certificate);
            return certificate.NamesItselfAsIssuer ? null : certificate.Issuer.ToString();
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return null;
        }
    }

    private void CheckKeyFile(AuthorityRecord authority)
    {
        string path = AuthorityFinder.KeyPathOf(store, authority);
        if (!store.Read(unit => KeyFiles.HasKey(unit, authority)))
        {
            findings.Tell("KeyFileMissing", authority.Name, $"Its private key is not on this host ('{path}'), so it cannot sign here.");
            return;
        }

        if (IsReadableByOthers(path))
            findings.Error("KeyFileExposed", path, $"Others than its owner may read the private key of '{authority.Name}'.");
        try
        {
            using PrivateKey key = PrivateKeyFile.Read(path, password: null, authority.Name);
            if (keys.TryGetValue(authority.Id, out SubjectPublicKeyInfo? certified) && !key.Matches(certified))
                findings.Error("KeyMismatch", path, $"The private key is not that of '{authority.Name}'.");
        }
        catch (CaKeyException e) when (e.ErrorId == "KeyPasswordRequired")
        {
            // An encrypted key is as it should be; without its password nothing more can be said.
        }
        catch (CaKeyException e)
        {
            findings.Error(e.ErrorId, path, e.Message);
        }
    }

    private static bool IsReadableByOthers(string path)
    {
#if NET
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0;
#else
        return false;
#endif
    }
}
