using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Imports;

/// <summary>Reads the directories of <c>openssl ca</c> and of easy-rsa: certificate, key, index, and a file for each issued certificate.</summary>
internal static class IndexedDirectory
{
    private static readonly string[] Endings = [".pem", ".crt"];

    public static ForeignAuthority Read(OpenSslSource source, SecureString? password)
    {
        string usual = Path.Combine(source.Directory, "openssl.cnf");
        string? path = source.ConfigurationPath ?? (File.Exists(usual) ? usual : null);
        OpenSslConfiguration? configuration = path is null ? null : OpenSslConfiguration.Read(path);
        string Locate(string name, string otherwise)
        {
            if (configuration?.Find(name) is not { Length: > 0 } value)
                return Path.Combine(source.Directory, otherwise);
            string[] candidates = [.. Candidates(source.Directory, value, configuration.Find("dir"))];
            return candidates.FirstOrDefault(candidate => File.Exists(candidate) || Directory.Exists(candidate)) ?? candidates[0];
        }

        string certificates = Locate("new_certs_dir", "newcerts");
        return Read(
            Locate("certificate", "cacert.pem"), Locate("private_key", Path.Combine("private", "cakey.pem")),
            Locate("database", "index.txt"), Locate("crlnumber", "crlnumber"), [certificates], password);
    }

    public static ForeignAuthority Read(EasyRsaSource source, SecureString? password)
    {
        string below = Path.Combine(source.Directory, "pki");
        string pki = Directory.Exists(below) ? below : source.Directory;
        return Read(
            Path.Combine(pki, "ca.crt"), Path.Combine(pki, "private", "ca.key"), Path.Combine(pki, "index.txt"), Path.Combine(pki, "crlnumber"),
            [Path.Combine(pki, "certs_by_serial"), Path.Combine(pki, "revoked", "certs_by_serial"), Path.Combine(pki, "renewed", "certs_by_serial")], password);
    }

    private static IEnumerable<string> Candidates(string directory, string value, string? configured)
    {
        // The directory that is named counts, wherever it was when the configuration was written.
        if (configured is { Length: > 0 } && value.StartsWith(configured, StringComparison.Ordinal))
            yield return Path.Combine(directory, value.Substring(configured.Length).TrimStart('/', '\\'));
        // Relative paths count from where openssl was called; that was the directory itself, or one above it.
        yield return Path.Combine(directory, value);
        yield return Path.Combine(Path.GetDirectoryName(directory) ?? directory, value);
    }

    private static ForeignAuthority Read(
        string certificatePath, string keyPath, string indexPath, string crlNumberPath, IReadOnlyList<string> certificates, SecureString? password)
    {
        byte[] der = CertificateMaterial.Read(certificatePath, password).Certificates[0];
        DecodedCertificate certificate = CertificateReader.Decode(der, $"'{certificatePath}'");
        var warnings = new List<string>();
        ForeignCertificate[] issued = [.. IndexFile.Read(indexPath).Select(entry => Complete(entry, certificates, warnings))];
        long crlNumber = ReadLastCrlNumber(crlNumberPath);
        bool hasKey = File.Exists(keyPath);
        if (!hasKey)
            warnings.Add($"There is no private key at '{keyPath}': the authority was imported without it, and cannot sign here.");
        return new ForeignAuthority
        {
            Source = certificatePath,
            Certificate = certificate,
            Key = hasKey ? PrivateKeyFile.ReadMatching(keyPath, password, $"the certificate in '{certificatePath}'", certificate.PublicKey) : null,
            LastCrlNumber = crlNumber,
            Certificates = issued,
            Warnings = warnings,
        };
    }

    private static ForeignCertificate Complete(ForeignCertificate entry, IReadOnlyList<string> directories, List<string> warnings)
    {
        string? path = directories.SelectMany(directory => Endings.Select(end => Path.Combine(directory, entry.SerialNumber + end))).FirstOrDefault(File.Exists);
        if (path is null)
        {
            warnings.Add(entry.Revocation is null
                ? $"The certificate {SerialNumbers.ToPrinted(entry.SerialNumber)} stands in the index, but its file is missing; it was not imported."
                : $"The file of the revoked certificate {SerialNumbers.ToPrinted(entry.SerialNumber)} is missing; it will be on the CRLs, but cannot be listed.");
            return entry;
        }

        if (TryDecode(path, warnings) is not { } certificate)
            return entry;
        if (certificate.SerialNumber == entry.SerialNumber)
            return entry with { Certificate = certificate };
        warnings.Add($"'{path}' holds the certificate {SerialNumbers.ToPrinted(certificate.SerialNumber)}, not the one it is named after; it was not imported.");
        return entry;
    }

    /// <summary>A broken one is passed over: the others are taken over, and what the index says of it stays.</summary>
    private static DecodedCertificate? TryDecode(string path, List<string> warnings)
    {
        try
        {
            return CertificateReader.Decode(CertificateMaterial.Read(path, null).Certificates[0], $"'{path}'");
        }
        catch (CaCertificateException e)
        {
            warnings.Add($"{e.Message} It was not imported.");
            return null;
        }
    }

    /// <summary>The file holds the number that the next CRL would get.</summary>
    private static long ReadLastCrlNumber(string path)
    {
        if (!File.Exists(path))
            return 0;
        string text = Encoding.ASCII.GetString(ForeignFile.Read(path, "the number of the next CRL")).Trim();
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long next) && next >= 0
            ? Math.Max(0, next - 1)
            : throw ImportErrors.NumberInvalid(path);
    }
}
