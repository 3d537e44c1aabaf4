using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Bad input: a clear error with a stable id, and nothing changed.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public BadInputTests()
    {
        _session.Run("""
            $null = New-CaAuthority Root -KeyType EC -PathLength 1
            $null = New-CaAuthority Issuing -Parent Root -KeyType EC -ExcludedName forbidden.example.com -ValidDays 100
            $null = New-CaCertificateRequest /CN=ok.example.com -KeyPath ok.key -Path ok.csr
            """);
        File.WriteAllText(_session.PathOf("nothing.csr"), "hello");
        File.WriteAllText(_session.PathOf("key.csr"), File.ReadAllText(_session.PathOf("ok.key")));
        File.WriteAllBytes(_session.PathOf("weak.csr"), Request(1024));
        byte[] broken = Request(2048);
        broken[^10] ^= 1;
        File.WriteAllBytes(_session.PathOf("broken.csr"), broken);
        File.WriteAllBytes(_session.PathOf("cut.csr"), Request(2048)[..200]);
        File.WriteAllBytes(_session.PathOf("sha1.csr"), Sha1Request());
        File.WriteAllBytes(_session.PathOf("authority.csr"), Request(2048, extension: new X509BasicConstraintsExtension(true, false, 0, true)));
        File.WriteAllBytes(_session.PathOf("crlsign.csr"), Request(2048, extension: new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true)));
        File.WriteAllBytes(_session.PathOf("koblitz.csr"), KoblitzRequest());
        File.WriteAllBytes(_session.PathOf("big.csr"), new byte[(1 << 20) + 1]);
    }

    [Theory]
    [InlineData("New-CaCertificate nothing.csr -Authority Issuing -Subject /CN=a.example.com", "RequestInvalid")]
    [InlineData("New-CaCertificate key.csr -Authority Issuing -Subject /CN=a.example.com", "RequestWrongPem")]
    [InlineData("New-CaCertificate cut.csr -Authority Issuing -Subject /CN=a.example.com", "RequestDamaged")]
    [InlineData("New-CaCertificate broken.csr -Authority Issuing -Subject /CN=a.example.com", "RequestSignatureInvalid")]
    [InlineData("New-CaCertificate weak.csr -Authority Issuing -Subject /CN=a.example.com", "WeakKey")]
    [InlineData("New-CaCertificate sha1.csr -Authority Issuing -Subject /CN=a.example.com", "RequestSignatureWeak")]
    [InlineData("New-CaCertificate koblitz.csr -Authority Issuing -Subject /CN=a.example.com", "KeyTypeNotAllowed")]
    [InlineData("New-CaCertificate big.csr -Authority Issuing -Subject /CN=a.example.com", "RequestTooLarge")]
    [InlineData("New-CaCertificate authority.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10 -UseRequestExtension", "RequestExtensionRefused")]
    [InlineData("New-CaCertificate crlsign.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10 -UseRequestExtension", "KeyUsageForAuthorities")]
    [InlineData("New-CaCertificate missing.csr -Authority Issuing -Subject /CN=a.example.com", "PathNotFound")]
    [InlineData("New-CaCertificate -LiteralPath missing.csr -Authority Issuing -Subject /CN=a.example.com", "PathNotFound")]
    [InlineData("New-CaCertificate -LiteralPath . -Authority Issuing -Subject /CN=a.example.com", "RequestFileUnreadable")]
    [InlineData("New-CaCertificate ok.csr -Authority nobody -Subject /CN=a.example.com", "AuthorityNotFound")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing", "NameMissing")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject '/CN=John Doe'", "CommonNameNotInSan")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /XX=1", "UnknownNameAttribute")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /C=Austria", "InvalidName")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -SAN IP:nope", "InvalidGeneralName")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -SAN 10.0.0.0/8 -Subject /CN=a.example.com", "NetworkInSan")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.forbidden.example.com -ValidDays 10", "NameForbidden")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com", "EndAfterAuthority")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -NotAfter 2001-01-01", "EndInPast")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 0", "ValidDaysInvalid")]
    [InlineData("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10 -Profile nope", "ProfileNotFound")]
    [InlineData("New-CaCertificate -GenerateKey -KeyPath ok.key -Authority Issuing -Subject /CN=a.example.com -ValidDays 10", "KeyFileExists")]
    [InlineData("New-CaCertificate -GenerateKey -KeyPath no/such/place.key -Authority Issuing -Subject /CN=a.example.com -ValidDays 10", "PathNotWritable")]
    [InlineData("New-CaCertificate -GenerateKey -KeyPath x.key -KeyType RSA -KeySize 1024 -Authority Issuing -Subject /CN=a.example.com", "KeySizeInvalid")]
    [InlineData("New-CaAuthority Below -Parent Issuing -KeyType EC", "PathLengthSpent")]
    [InlineData("New-CaAuthority Below -Parent Root -KeyType EC -PathLength 1", "PathLengthTooLong")]
    [InlineData("New-CaAuthority Below -KeyType EC -PathLength -1", "PathLengthInvalid")]
    [InlineData("New-CaAuthority ROOT -KeyType EC", "AuthorityNameExists")]
    [InlineData("New-CaAuthority 'a*' -KeyType EC", "AuthorityNameInvalid")]
    [InlineData("New-CaAuthority New -KeyType EC -CrlUrl not-a-url", "UrlInvalid")]
    [InlineData("Set-CaAuthority Root -OcspUrl 'http://exa mple.com'", "UrlInvalid")]
    [InlineData("New-CaAuthority New -KeyType EC -PermittedName 'a b'", "InvalidGeneralName")]
    [InlineData("Get-CaCertificate FF:FF", "CertificateNotFound")]
    [InlineData("Revoke-CaCertificate -Authority Root", "RootNotRevocable")]
    [InlineData("Revoke-CaCertificate -Authority Issuing -Reason RemoveFromCrl", "RevocationReasonInvalid")]
    [InlineData("Revoke-CaCertificate -Authority Issuing -InvalidityDate ([datetime]::Now.AddDays(2))", "InvalidityDateInvalid")]
    [InlineData("New-CaAuthority A -KeyType EC -Password ([securestring]::new())", "KeyPasswordEmpty")]
    [InlineData("New-CaCertificateRequest /CN=a -KeyPath a.key -Password ([securestring]::new())", "KeyPasswordEmpty")]
    [InlineData("Export-CaAuthority Root -Path env:root", "NotFileSystemPath")]
    [InlineData("New-CaAuthority A -KeyType EC -StorePath /proc/none/ca.db", "StoreNotWritable")]
    [InlineData("Export-CaCrl Root -ExpiresIn 0", "CrlValidityInvalid")]
    [InlineData("Export-CaAuthority Root -Path ok.csr", "FileExists")]
    [InlineData("Export-CaAuthority Root -Path no/such/place.pem", "PathNotWritable")]
    [InlineData("Export-CaCrl Root -Path ok.csr", "FileExists")]
    [InlineData("New-CaCertificateRequest /CN=a -KeyPath ok.key", "KeyFileExists")]
    [InlineData("Get-CaAuthority -StorePath ok.csr", "StoreInvalid")]
    [InlineData("New-CaAuthority A -KeyType EC -StorePath ok.csr", "StoreInvalid")]
    public void Bad_input_is_an_error_that_changes_nothing(string script, string errorId)
    {
        string before = Snapshot();
        Assert.Equal(errorId, _session.ErrorIdOf(script));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Disabled_authorities_sign_nothing()
    {
        _session.Run("Set-CaAuthority Issuing -Enabled $false");
        Assert.Equal("AuthorityDisabled", _session.ErrorIdOf("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10"));
        Assert.Equal("AuthorityDisabled", _session.ErrorIdOf("Export-CaCrl Issuing"));
        _session.Run("Set-CaAuthority Issuing -Enabled $true; New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10");
    }

    [Fact]
    public void Ambiguous_identities_list_the_candidates()
    {
        _session.Run("1..2 | ForEach-Object { New-CaCertificate -GenerateKey -KeyPath \"k$_\" -Authority Root -Subject /CN=same.example.com }");
        Assert.Equal("CertificateAmbiguous", _session.ErrorIdOf("Export-CaCertificate same.example.com"));
        string[] serials = [.. _session.Run("(Get-CaCertificate).SerialNumber").Select(s => s.ToString())];
        Assert.Equal(2, _session.Run("Get-CaCertificate same.example.com").Count);
        _session.Invoke("Export-CaCertificate same.example.com");
        Assert.All(serials, serial => Assert.Contains(serial, _session.Errors[0].Exception.Message));
        // All serial numbers begin with the hexadecimal digits 4 to 7.
        _session.Run("1..5 | ForEach-Object { New-CaAuthority \"A$_\" -KeyType EC -Subject \"/CN=Same\" }");
        Assert.Equal("AuthorityAmbiguous", _session.ErrorIdOf("Export-CaAuthority Same"));
        Assert.Equal(5, _session.Run("Get-CaAuthority Same").Count);
    }

    [Fact]
    public void Keys_need_their_file_and_password()
    {
        _session.Run("""
            function secret($text) { $s = [securestring]::new(); $text.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }
            $a = New-CaAuthority Locked -KeyType EC -Password (secret 'right')
            """);
        string issue = "New-CaCertificate ok.csr -Authority Locked -Subject /CN=a.example.com";
        Assert.Equal("KeyPasswordRequired", _session.ErrorIdOf(issue));
        Assert.Equal("KeyPasswordWrong", _session.ErrorIdOf(issue + " -Password (secret 'wrong')"));
        _session.Run(issue + " -Password (secret 'right')");
        string keyFile = _session.Run("$a.KeyFile").Single().ToString();
        File.Copy(_session.PathOf("ok.key"), keyFile, overwrite: true);
        Assert.Equal("KeyMismatch", _session.ErrorIdOf(issue));
        File.WriteAllText(keyFile, "no key");
        Assert.Equal("KeyFileInvalid", _session.ErrorIdOf(issue));
        File.Delete(keyFile);
        Assert.Equal("KeyFileMissing", _session.ErrorIdOf(issue));
        Assert.Contains(keyFile, _session.Errors[0].Exception.Message);
        Assert.Equal("False", _session.Run("(Get-CaAuthority Locked).HasPrivateKey").Single().ToString());
    }

    [Fact]
    public void Revoking_again_is_an_error_of_its_own()
    {
        _session.Run("$c = New-CaCertificate ok.csr -Authority Root -Subject /CN=a.example.com; $c | Revoke-CaCertificate -Reason Superseded");
        Assert.Equal("CertificateRevokedBefore", _session.ErrorIdOf("$c | Revoke-CaCertificate"));
        Assert.Equal("Superseded", _session.Run("(Get-CaCertificate $c.SerialNumber).RevocationReason").Single().ToString());
    }

    [Fact]
    public void One_bad_item_does_not_stop_the_others_and_with_Stop_it_does()
    {
        string script = "'ok.csr', 'nothing.csr', 'ok.csr' | New-CaCertificate -Authority Root -Subject /CN=a.example.com";
        Assert.Equal(2, _session.Invoke(script).Count);
        Assert.Equal("RequestInvalid", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        var stopped = Assert.ThrowsAny<RuntimeException>(() => _session.Invoke(script + " -ErrorAction Stop"));
        Assert.StartsWith("RequestInvalid,", stopped.ErrorRecord.FullyQualifiedErrorId);
        Assert.Equal("3", _session.Run("(Get-CaStore).CertificateCount").Single().ToString());
    }

    [Fact]
    public void Revoked_authorities_sign_nothing()
    {
        _session.Run("Revoke-CaCertificate -Authority Issuing -Reason CaCompromise");
        Assert.Equal("AuthorityRevoked", _session.ErrorIdOf("New-CaCertificate ok.csr -Authority Issuing -Subject /CN=a.example.com -ValidDays 10"));
        Assert.Equal("0", _session.Run("(Get-CaStore).CertificateCount").Single().ToString());
    }

    [Fact]
    public void A_store_in_use_is_an_error_after_the_wait_and_works_again_afterwards()
    {
        using (new FileStream(_session.PathOf("ca.db.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal("StoreLocked", _session.ErrorIdOf("Get-CaAuthority -LockWait ([timespan]::FromMilliseconds(200))"));
        Assert.Equal(2, _session.Run("Get-CaAuthority").Count);
    }

    [Fact]
    public void A_child_that_would_outlive_its_parent_is_clamped_with_a_warning()
    {
        _session.Run("$s = New-CaAuthority Short -Parent Root -KeyType EC -ValidDays 36000");
        Assert.Contains("Short", _session.Warnings.Single());
        Assert.Equal("True", _session.Run("$s.NotAfter -eq (Get-CaAuthority Root).NotAfter").Single().ToString());
    }

    public void Dispose() => _session.Dispose();

    private static byte[] Request(int bits, X509Extension? extension = null)
    {
        using var rsa = RSA.Create(bits);
        var request = new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (extension is not null)
            request.CertificateExtensions.Add(extension);
        return request.CreateSigningRequest();
    }

    private static byte[] Sha1Request()
    {
        using var rsa = RSA.Create(2048);
        return new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(new Sha1Signature(rsa));
    }

    private static byte[] KoblitzRequest()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secP256k1"));
        return new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    private string Snapshot() => string.Join("\n", Directory.EnumerateFileSystemEntries(_session.Folder, "*", SearchOption.AllDirectories).Order()
        .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}" : path));

    /// <summary>What .NET no longer signs of itself: sha1WithRSAEncryption.</summary>
    private sealed class Sha1Signature(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
