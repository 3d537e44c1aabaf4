using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The profiles of SPEC section 4.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly ModuleSession _session = new();

    /// <summary>A store has to be there before it is read.</summary>
    public ProfileTests() => _session.Run("$null = New-CaAuthority Store -KeyType EC");

    [Theory]
    [InlineData("webserver", "KeyAgreement, KeyEncipherment, DigitalSignature", "serverAuth", true)]
    [InlineData("server", "KeyAgreement, KeyEncipherment, DigitalSignature", "clientAuth serverAuth", true)]
    [InlineData("client", "DigitalSignature", "clientAuth", true)]
    [InlineData("enduser", "DataEncipherment, KeyEncipherment, DigitalSignature", "clientAuth emailProtection codeSigning", false)]
    [InlineData("ocsp", "KeyEncipherment, NonRepudiation, DigitalSignature", "OCSPSigning", false)]
    public void Every_store_begins_with_the_profiles_of_the_seed(string name, string keyUsage, string extended, bool commonNameInSan)
    {
        PSObject profile = _session.Run($"Get-CaProfile {name}").Single();
        Assert.Equal(keyUsage, profile.Properties["KeyUsage"].Value.ToString());
        Assert.Equal(extended, _session.Run($"(Get-CaProfile {name}).ExtendedKeyUsage -join ' '").Single().ToString());
        Assert.Equal(commonNameInSan, profile.Properties["CommonNameInSubjectAlternativeName"].Value);
        Assert.Equal((true, false), (profile.Properties["KeyUsageCritical"].Value, profile.Properties["ExtendedKeyUsageCritical"].Value));
    }

    [Fact]
    public void A_new_profile_shapes_what_is_issued_under_it()
    {
        _session.Run("""
            $null = New-CaAuthority Root -KeyType EC
            Set-CaSetting DefaultSubject /C=AT/O=Example
            $null = New-CaProfile VPN -Description 'A VPN gateway.' -Subject /O=/OU=VPN -KeyUsage digitalSignature, keyAgreement -ExtendedKeyUsage ipsecIKE, 1.3.6.1.5.5.7.3.5 `
                -ExtendedKeyUsageCritical $true -ValidDays 30 -AllowedKeyType EC -CommonNameInSan $false
            """);
        PSObject certificate = _session.Run("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=gate.example.com -Profile vpn").Single();
        Assert.Equal("/C=AT/OU=VPN/CN=gate.example.com", certificate.Properties["Subject"].Value);
        Assert.Equal(30, (int)Math.Round(((DateTime)certificate.Properties["NotAfter"].Value - DateTime.Now).TotalDays));
        string extensions = string.Join("\n", _session.Run("""
            $x = [Security.Cryptography.X509Certificates.X509Certificate2](Get-CaCertificate gate.example.com)
            $x.Extensions | ForEach-Object { "$($_.Oid.Value) $($_.Critical) $($_.KeyUsages) $($_.EnhancedKeyUsages.Value -join ' ')".Trim() }
            """).Select(line => line.ToString()));
        Assert.Contains("2.5.29.15 True KeyAgreement, DigitalSignature", extensions);
        Assert.Contains("2.5.29.37 True  1.3.6.1.5.5.7.3.17 1.3.6.1.5.5.7.3.5", extensions);
        Assert.DoesNotContain("2.5.29.17 ", extensions);
        Assert.Equal("ProfileKeyTypeRefused", _session.ErrorIdOf("New-CaCertificate -Authority Root -GenerateKey -KeyType RSA -KeyPath b.key -Subject /CN=b.example.com -Profile vpn"));
    }

    [Fact]
    public void A_profile_asks_for_larger_rsa_keys()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; Set-CaProfile client -MinimumRsaSize 3072");
        Assert.Equal("ProfileKeyTooSmall", _session.ErrorIdOf("New-CaCertificate -Authority Root -GenerateKey -KeyType RSA -KeySize 2048 -KeyPath b.key -Subject /CN=b.example.com -Profile client"));
        Assert.Empty(_session.Run("Get-CaCertificate"));
    }

    [Fact]
    public void Built_in_profiles_are_changed_disabled_removed_and_restored()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; Set-CaProfile client -Description 'Ours.' -ValidDays 10; Set-CaProfile server -Enabled $false; Remove-CaProfile enduser");
        Assert.Equal("Ours.", _session.Run("(Get-CaProfile client).Description").Single().ToString());
        Assert.Equal("ProfileDisabled", _session.ErrorIdOf("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -Profile server"));
        Assert.Equal("ProfileNotFound", _session.ErrorIdOf("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -Profile enduser"));
        Assert.Equal(["webserver", "server", "client", "ocsp"], _session.Run("(Get-CaProfile).Name").Select(n => n.ToString()));
        _session.Run("'client', 'server', 'enduser' | Set-CaProfile -Restore");
        Assert.Equal(["webserver", "server", "client", "enduser", "ocsp"], _session.Run("(Get-CaProfile | Where-Object Enabled).Name").Select(n => n.ToString()));
        Assert.NotEqual("Ours.", _session.Run("(Get-CaProfile client).Description").Single().ToString());
    }

    [Fact]
    public void Profiles_round_trip_through_a_file_that_people_read()
    {
        _session.Run("""
            Set-CaProfile webserver -Subject '/O="Vienna / District"' -ValidDays 90
            $null = New-CaProfile vpn -CopyFrom server -AllowedKeyType EC, Ed25519 -ExtendedKeyUsage 1.2.3.4
            Export-CaProfile -Path profiles.json
            """);
        string text = File.ReadAllText(_session.PathOf("profiles.json"));
        Assert.Contains("\"keyUsage\": [", text);
        Assert.Contains("\"digitalSignature\"", text);
        Assert.Equal(6, _session.Run("Import-CaProfile profiles.json -StorePath \"$folder/other.db\" -PassThru").Count);
        Assert.Equal(text, _session.Run("Export-CaProfile -StorePath \"$folder/other.db\"").Single().ToString());
    }

    [Theory]
    [InlineData("ProfileExists", "New-CaProfile WebServer")]
    [InlineData("ProfileInvalid", "New-CaProfile 'a b'")]
    [InlineData("ProfileInvalid", "New-CaProfile x -KeyUsage keyCertSign")]
    [InlineData("ProfileInvalid", "New-CaProfile x -ValidDays -1")]
    [InlineData("ProfileInvalid", "New-CaProfile x -MinimumRsaSize 1024")]
    [InlineData("KeyUsageUnknown", "New-CaProfile x -KeyUsage signing")]
    [InlineData("ExtendedKeyUsageUnknown", "New-CaProfile x -ExtendedKeyUsage serverauthentication")]
    [InlineData("ExtendedKeyUsageUnknown", "Set-CaProfile client -ExtendedKeyUsage 1.99.3")]
    [InlineData("UnknownNameAttribute", "New-CaProfile x -Subject /XX=1")]
    [InlineData("ProfileNotFound", "Set-CaProfile nobody -ValidDays 1")]
    [InlineData("ProfileNotFound", "Remove-CaProfile nobody")]
    [InlineData("ProfileNotFound", "Get-CaProfile nobody")]
    [InlineData("ProfileNotBuiltIn", "Set-CaProfile nobody -Restore")]
    [InlineData("ProfileIsDefault", "Remove-CaProfile webserver")]
    [InlineData("ProfileIsDefault", "Set-CaProfile webserver -Enabled $false")]
    [InlineData("PathNotFound", "Import-CaProfile nothing.json")]
    public void What_a_profile_cannot_be_is_refused(string errorId, string script)
    {
        Assert.Equal(errorId, _session.ErrorIdOf(script));
        Assert.Equal(5, _session.Run("Get-CaProfile").Count);
        Assert.Empty(_session.Run("Get-CaAuditRecord | Where-Object Act -like Profile*"));
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("[]")]
    [InlineData("{ \"profiles\": [ { } ] }")]
    [InlineData("{ \"profiles\": [ { \"name\": \"x\", \"colour\": \"red\" } ] }")]
    [InlineData("{ \"profiles\": [ { \"name\": \"x\", \"validDays\": \"ten\" } ] }")]
    [InlineData("{ \"profiles\": [ { \"name\": \"x\", \"allowedKeyTypes\": [ \"DSA\" ] } ] }")]
    [InlineData("{ \"profiles\": [ { \"name\": \"good\" }, { \"name\": \"x\", \"keyUsage\": [ \"keyCertSign\" ] } ] }")]
    [InlineData("{ \"profiles\": [ { \"name\": \"x\" }, { \"name\": \"X\" } ] }")]
    public void A_file_with_a_fault_changes_nothing(string content)
    {
        File.WriteAllText(_session.PathOf("p.json"), content);
        Assert.Equal("ProfileFileInvalid", _session.ErrorIdOf("Import-CaProfile p.json"));
        Assert.Equal(5, _session.Run("Get-CaProfile").Count);
    }

    [Fact]
    public void Names_and_usages_are_completed_and_WhatIf_changes_nothing()
    {
        _session.Run("$null = New-CaProfile vpn");
        string store = $" -StorePath '{_session.PathOf("ca.db")}'";
        Assert.Equal(["vpn"], _session.Complete($"New-CaCertificate{store} -Profile v"));
        Assert.Equal(["keyEncipherment", "keyAgreement"], _session.Complete("New-CaProfile x -KeyUsage key"));
        Assert.Equal(["serverAuth"], _session.Complete("Set-CaProfile x -ExtendedKeyUsage serv"));
        byte[] before = File.ReadAllBytes(_session.PathOf("ca.db"));
        _session.Run("New-CaProfile y -WhatIf; Set-CaProfile vpn -ValidDays 3 -WhatIf; Remove-CaProfile vpn -WhatIf; Export-CaProfile -Path p.json -WhatIf");
        Assert.Equal(before, File.ReadAllBytes(_session.PathOf("ca.db")));
        Assert.False(File.Exists(_session.PathOf("p.json")));
    }

    public void Dispose() => _session.Dispose();
}
