using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>OpenSSL, GnuTLS, the platform and Java open our PKCS #12 files, with key and chain.</summary>
public sealed class Pkcs12Tests : IDisposable
{
    private const string Password = "pass wörd";

    private readonly TestStore _store = new();

    [JudgedTheory("openssl")]
    [InlineData(KeyType.RSA, Pkcs12Compatibility.Modern, "MAC: sha256, Iteration 200000", "PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256")]
    [InlineData(KeyType.Ed25519, Pkcs12Compatibility.Modern, "MAC: sha256, Iteration 200000", "PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256")]
    [InlineData(KeyType.EC, Pkcs12Compatibility.Legacy, "MAC: sha1, Iteration 200000", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 200000")]
    public void OpenSsl_opens_it_and_names_its_algorithms(KeyType type, Pkcs12Compatibility compatibility, string mac, string encryption)
    {
        CaCertificate certificate = Issue(type);
        string file = Export(certificate, compatibility, ChainExtent.Intermediates);
        string text = Tool.Succeed("openssl", "pkcs12", "-in", file, "-passin", "pass:" + Password, "-nodes", "-info");
        Assert.Contains(mac, text);
        Assert.Contains("PKCS7 Encrypted data: " + encryption, text);
        Assert.Contains("Shrouded Keybag: " + encryption, text);
        Assert.Equal(2, text.Split("friendlyName: a.example.com").Length - 1);
        string[] keyIds = [.. text.Split('\n').Where(line => line.Contains("localKeyID"))];
        Assert.Equal(2, keyIds.Length);
        Assert.Equal(keyIds[0], keyIds[1]);
        AssertOrder(text, "subject=CN = a.example.com", "subject=C = AT, O = Example, CN = Example Issuing");
        Assert.DoesNotContain("subject=C = AT, O = Example, CN = Example Root", text);

        string ours = Tool.Succeed("openssl", "pkey", "-in", certificate.KeyPath!);
        Assert.Contains(ours.Trim(), text);
        Assert.NotEqual(0, Tool.Run("openssl", "pkcs12", "-in", file, "-passin", "pass:wrong", "-nodes").ExitCode);
    }

    [JudgedTheory("certtool")]
    [InlineData(Pkcs12Compatibility.Modern, "PBES2-AES256-CBC", "MAC: SHA256")]
    [InlineData(Pkcs12Compatibility.Legacy, "PKCS12-3DES-SHA1", "MAC: SHA1")]
    public void GnuTls_opens_it(Pkcs12Compatibility compatibility, string schema, string mac)
    {
        string file = Export(Issue(KeyType.EC), compatibility, ChainExtent.WithRoot);
        string text = Tool.Succeed("certtool", "--p12-info", "--inder", "--password", Password, "--infile", file);
        Assert.Contains(mac, text);
        Assert.Equal(2, text.Split(schema).Length - 1);
        Assert.Equal(3, text.Split("-----BEGIN CERTIFICATE-----").Length - 1);
    }

    [Theory]
    [InlineData(KeyType.RSA, Pkcs12Compatibility.Modern)]
    [InlineData(KeyType.EC, Pkcs12Compatibility.Modern)]
    [InlineData(KeyType.RSA, Pkcs12Compatibility.Legacy)]
    public void The_platform_opens_it_within_its_own_limits(KeyType type, Pkcs12Compatibility compatibility)
    {
        CaCertificate certificate = Issue(type);
        X509Certificate2Collection loaded = X509CertificateLoader.LoadPkcs12CollectionFromFile(
            Export(certificate, compatibility, ChainExtent.WithRoot), Password);
        Assert.Equal(3, loaded.Count);
        X509Certificate2 own = loaded.Single(c => c.HasPrivateKey);
        Assert.Equal(certificate.ToDer(), own.RawData);
        byte[] data = [1, 2, 3];
        if (type == KeyType.RSA)
        {
            byte[] signature = own.GetRSAPrivateKey()!.SignData(data, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
            Assert.True(own.GetRSAPublicKey()!.VerifyData(data, signature, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1));
        }
        else
        {
            byte[] signature = own.GetECDsaPrivateKey()!.SignData(data, System.Security.Cryptography.HashAlgorithmName.SHA256);
            Assert.True(own.GetECDsaPublicKey()!.VerifyData(data, signature, System.Security.Cryptography.HashAlgorithmName.SHA256));
        }
    }

    [JudgedTheory("keytool")]
    [InlineData(Pkcs12Compatibility.Modern)]
    [InlineData(Pkcs12Compatibility.Legacy)]
    public void Java_opens_it_with_its_chain(Pkcs12Compatibility compatibility)
    {
        // Java takes what is no ASCII in its arguments by the locale, so this password is plain.
        string file = Export(Issue(KeyType.EC), compatibility, ChainExtent.WithRoot, "password");
        string text = Tool.Succeed("keytool", "-list", "-v", "-keystore", file, "-storepass", "password");
        Assert.Contains("PrivateKeyEntry", text);
        Assert.Contains("Alias name: a.example.com", text);
        Assert.Contains("Certificate chain length: 3", text);
    }

    [JudgedFact("openssl")]
    public void A_generated_key_is_only_in_the_file_with_certificate_and_chain()
    {
        _store.Root();
        _store.Issuing();
        using System.Security.SecureString password = VerificationTests.Secret(Password);
        CaCertificate certificate = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing", GenerateKey = KeySpecification.Create(KeyType.EC), Subject = DistinguishedName.Parse("/CN=p.example.com"),
            PfxPath = _store.File("p.pfx"), Pkcs12 = new Pkcs12Options { Password = password, FriendlyName = "Web server" },
        }).Certificate!;
        string text = Tool.Succeed("openssl", "pkcs12", "-in", _store.File("p.pfx"), "-passin", "pass:" + Password, "-nodes");
        Assert.Contains("friendlyName: Web server", text);
        AssertOrder(text, "CN = p.example.com", "CN = Example Issuing");
        File.WriteAllText(_store.File("p.txt"), text);
        Assert.Equal(
            Tool.Succeed("openssl", "x509", "-in", _store.File("p.txt"), "-noout", "-pubkey"),
            Tool.Succeed("openssl", "pkey", "-in", _store.File("p.txt"), "-pubout"));
        Assert.Null(certificate.KeyPath);
        Assert.Empty(Directory.GetFiles(_store.Folder, "*.key"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.File("p.pfx")));
    }

    public void Dispose() => _store.Dispose();

    private static void AssertOrder(string text, params string[] parts)
    {
        int[] places = [.. parts.Select(part => text.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    private CaCertificate Issue(KeyType type)
    {
        _store.Root();
        _store.Issuing();
        return _store.Issue("/CN=a.example.com", "Issuing", type);
    }

    private string Export(CaCertificate certificate, Pkcs12Compatibility compatibility, ChainExtent chain, string password = Password)
    {
        using System.Security.SecureString secret = VerificationTests.Secret(password);
        string path = _store.File("a.pfx");
        File.WriteAllBytes(path, _store.Engine.Exports.Encode(certificate, new CertificateExportRequest
        {
            Format = EncodingFormat.Pkcs12, Chain = chain, Pkcs12 = new Pkcs12Options { Password = secret, Compatibility = compatibility },
        }));
        return path;
    }
}
