using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// Whose the key files are. What comes from elsewhere has chosen its serial number and its key identifier itself, so that its key file is named after
/// SHA-256 of its public key. In stores of earlier versions, where it was named after the serial number, two authorities may name one file.
/// </summary>
internal static class KeyFiles
{
    private const string Suffix = ".key";

    /// <summary>The full path.</summary>
    public static string PathOf(StoreUnit unit, AuthorityRecord authority) => Path.GetFullPath(Path.Combine(unit.KeyDirectory, authority.KeyFile));

    /// <summary>Whether the key of an authority is there. Of a file that two name, it is the one whose key it is; where a password hides that, both.</summary>
    public static bool HasKey(StoreUnit unit, AuthorityRecord authority)
    {
        string path = PathOf(unit, authority);
        return File.Exists(path) && (!IsOfAnother(unit, authority.Id, path) || Fits(path, authority) is not false);
    }

    /// <summary>Whether the file of an authority may be deleted with it: no other authority names it, and it holds no other key.</summary>
    public static bool IsDeletable(StoreUnit unit, AuthorityRecord authority)
    {
        string path = PathOf(unit, authority);
        return File.Exists(path) && !IsOfAnother(unit, authority.Id, path) && Fits(path, authority) is not false;
    }

    /// <summary>The file for the key of an authority that comes from elsewhere: its very key where that is there already, else one that nothing has.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="authority">The authority, with the folder of its key file.</param>
    /// <param name="isStaged">Whether its key comes with it.</param>
    /// <param name="passwords">What may open a file that is there.</param>
    public static AuthorityRecord Claim(StoreUnit unit, AuthorityRecord authority, bool isStaged, IReadOnlyList<SecureString?> passwords)
    {
        string folder = Path.GetDirectoryName(authority.KeyFile) ?? string.Empty;
        SubjectPublicKeyInfo publicKey = PublicKeyOf(authority)!;
        string name = Path.Combine(folder, Fingerprints.Sha256(publicKey.GetDerEncoded()).Replace(":", string.Empty));
        // An authority that was made here and removed has left its key under its serial number.
        string[] candidates = [Path.Combine(folder, authority.SerialNumber + Suffix), name + Suffix];
        string? own = candidates.FirstOrDefault(file => IsFree(file) && passwords.Any(password => Fits(FullPath(file), publicKey, password) is true));
        for (int number = 2; own is null; number++)
        {
            string file = name + KeyFileNames.SuffixOf(number - 1) + Suffix;
            own = IsFree(file) && !(isStaged && File.Exists(FullPath(file))) ? file : null;
        }

        return authority with { KeyFile = own };

        string FullPath(string file) => Path.GetFullPath(Path.Combine(unit.KeyDirectory, file));
        bool IsFree(string file) => !IsOfAnother(unit, authority.Id, FullPath(file));
    }

    /// <summary>Regardless of case, as file systems may be: rather a file too many than one too few.</summary>
    private static bool IsOfAnother(StoreUnit unit, int id, string path) =>
        unit.Authorities.WithPending().Any(other => other.Id != id && string.Equals(PathOf(unit, other), path, StringComparison.OrdinalIgnoreCase));

    private static bool? Fits(string path, AuthorityRecord authority) => PublicKeyOf(authority) is { } publicKey ? Fits(path, publicKey, null) : null;

    /// <summary>Whether a file holds the key; null where the password does not open it.</summary>
    private static bool? Fits(string path, SubjectPublicKeyInfo publicKey, SecureString? password)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using PrivateKey key = PrivateKeyFile.Read(path, password, path);
            return key.Matches(publicKey);
        }
        catch (CaKeyException e)
        {
            return e.ErrorId is "KeyPasswordRequired" or "KeyPasswordWrong" or "KeyFileUnreadable" ? null : false;
        }
    }

    private static SubjectPublicKeyInfo? PublicKeyOf(AuthorityRecord authority)
    {
        try
        {
            return authority.Request is { } request ? CertificateRequestReader.KeyOf(request) : new DecodedCertificate(authority.Certificate).PublicKey;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            // A damaged record, which Test-CaStore tells of.
            return null;
        }
    }
}
