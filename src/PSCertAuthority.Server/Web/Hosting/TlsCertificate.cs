using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Hosting;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>What the web server shows to browsers: its certificate with key, and those above it.</summary>
internal sealed record TlsCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    // ERROR_INVALID_PASSWORD of Windows, which the platform gives on every system.
    private const int WrongPassword = unchecked((int)0x80070056);

    /// <summary>When it should be replaced: after two thirds of its life.</summary>
    public DateTime ReplaceAt => Certificate.NotBefore.ToUniversalTime() + ((Certificate.NotAfter - Certificate.NotBefore) / 3 * 2);

    /// <summary>The host names and addresses that it is for.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            var extension = Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            return extension is null ? [] : extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()));
        }
    }

    /// <summary>For TLS, without looking for issuers on the network.</summary>
    public SslStreamCertificateContext ToContext() => SslStreamCertificateContext.Create(Certificate, Chain, offline: true);

    /// <summary>Takes what the other end of the pipe made.</summary>
    public static TlsCertificate FromMessage(ServerMessage message)
    {
        byte[] key = message.Octets("key");
        using ECDsa platform = ECDsa.Create();
        platform.ImportPkcs8PrivateKey(key, out _);
        CryptographicOperations.ZeroMemory(key);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(message.Octets("certificate"));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(Encoding.ASCII.GetString(message.Octets("chain")));
        return new TlsCertificate(Usable(certificate.CopyWithPrivateKey(platform)), chain);
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="CaException">A file is missing, or holds something else.</exception>
    public static TlsCertificate Read(string path, string? keyPath, SecureString? password)
    {
        try
        {
            return keyPath is null ? ReadPkcs12(path, password) : ReadPem(path, keyPath, password);
        }
        catch (CryptographicException e) when (keyPath is null && e.HResult == WrongPassword)
        {
            throw password is null ? KeyErrors.PasswordRequired(path) : KeyErrors.PasswordWrong(path, e);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CaServerException("WebInterfaceTlsUnusable", CaErrorCategory.InvalidData, $"The certificate for TLS cannot be taken from '{path}': {e.Message}", path, e);
        }
    }

    private static TlsCertificate ReadPem(string path, string keyPath, SecureString? password)
    {
        byte[] der = CertificateReader.ReadFile(path);
        DecodedCertificate decoded = CertificateReader.Decode(der, $"'{path}'");
        using PrivateKey key = PrivateKeyFile.ReadMatching(keyPath, password, $"the certificate in '{path}'", decoded.PublicKey);
        var all = new X509Certificate2Collection();
        string text = File.ReadAllText(path);
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            all.ImportFromPem(text);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(decoded.Der);
        return new TlsCertificate(Usable(WithKey(certificate, key)), [.. all.Skip(1)]);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, PrivateKey key)
    {
        byte[] octets = key.ExportPkcs8();
        try
        {
            if (key.Specification.Type == KeyType.RSA)
            {
                using RSA rsa = RSA.Create();
                rsa.ImportPkcs8PrivateKey(octets, out _);
                return certificate.CopyWithPrivateKey(rsa);
            }

            using ECDsa curve = ECDsa.Create();
            curve.ImportPkcs8PrivateKey(octets, out _);
            return certificate.CopyWithPrivateKey(curve);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    private static TlsCertificate ReadPkcs12(string path, SecureString? password)
    {
        using PasswordText? text = password is null ? null : new PasswordText(password);
        X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12Collection(InputFile.Read(path, InputFile.LargestObject), text is null ? [] : text.Characters.AsSpan(), X509KeyStorageFlags.EphemeralKeySet);
        X509Certificate2 certificate = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("It holds no private key.");
        return new TlsCertificate(Usable(certificate), [.. all.Where(one => one != certificate)]);
    }

    // Windows speaks no TLS with a key that lives in memory alone.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
        : certificate;
}
