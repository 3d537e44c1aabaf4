using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What Export-Clixml, jobs and remoting leave of an object still says what matters, and still names it.</summary>
public sealed class SerializationTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public SerializationTests() => _session.Run("""
        function Pass([Parameter(ValueFromPipeline)]$Object, $Depth = 1) { process { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Object, $Depth)) } }
        $root = New-CaAuthority Root -KeyType EC -PathLength 1 -CrlUrl http://pki.example.com/root.crl
        $sub = $root | New-CaAuthority Issuing -KeyType EC
        $c = New-CaCertificate -GenerateKey -KeyPath a.key -Authority Issuing -Subject /O=Example/CN=a.example.com -Watcher ann@example.com
        """);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_certificate_keeps_what_matters(int depth)
    {
        PSObject remains = _session.Run($"$c | Pass -Depth {depth}").Single();
        Assert.Equal("Deserialized.PSCertAuthority.Certificates.CaCertificate", remains.TypeNames[0]);
        Assert.Equal(
            ["Valid", "/O=Example/CN=a.example.com", "DNS:a.example.com", "ann@example.com", "Issuing", "webserver", "a.example.com"],
            _session.Run($"$r = $c | Pass -Depth {depth}; \"$($r.Status)\"; $r.SubjectName; $r.SubjectAlternativeName; $r.Watchers; $r.Authority; $r.Profile; $r.CommonName").Select(o => o.ToString()));
        Assert.Equal(true, _session.Run($"$r.NotAfter -eq $c.NotAfter -and [Convert]::ToBase64String($r.RawData) -eq [Convert]::ToBase64String($c.RawData)").Single().BaseObject);
        Assert.Equal("CN=a.example.com, O=Example", _session.Run("[Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$r.RawData).Subject").Single().ToString());
    }

    [Theory]
    [InlineData("Get-CaCertificate")]
    [InlineData("Revoke-CaCertificate -PassThru")]
    [InlineData("Suspend-CaCertificate -PassThru")]
    [InlineData("Update-CaCertificate")]
    [InlineData("Test-CaCertificate")]
    [InlineData("Export-CaCertificate")]
    [InlineData("Export-CaCertificate -Format Pkcs12 -Password (& { $p = [securestring]::new(); $p.AppendChar('x'); $p })")]
    [InlineData("Add-CaWatcher -Watcher bob@example.com -PassThru")]
    [InlineData("Get-CaWatcher")]
    [InlineData("Remove-CaWatcher -Watcher ann@example.com -PassThru")]
    [InlineData("Get-CaCertificateExtension")]
    [InlineData("Resume-CaCertificate -WhatIf | Out-Null; $c")]
    public void A_deserialized_certificate_binds_again(string command) => Assert.NotEmpty(_session.Run($"$c | Pass | {command}"));

    [Theory]
    [InlineData("Get-CaAuthority")]
    [InlineData("Export-CaAuthority")]
    [InlineData("Export-CaCrl")]
    [InlineData("Export-CaOcspIndex")]
    [InlineData("Update-CaAuthority")]
    [InlineData("New-CaAuthority Below -KeyType EC")]
    [InlineData("Set-CaAuthority -Enabled $true -PassThru")]
    [InlineData("Get-CaCertificateExtension")]
    public void A_deserialized_authority_binds_again(string command) => Assert.NotEmpty(_session.Run($"$root | Pass | {command}; $root"));

    [Fact]
    public void As_arguments_they_bind_too()
    {
        Assert.Equal("Issuing", _session.Run("(New-CaCertificate -GenerateKey -KeyPath b.key -Authority ($sub | Pass) -Subject /CN=b.example.com).Authority").Single().ToString());
        Assert.Equal(2, _session.Run("Get-CaCertificate -Identity @($c | Pass; $c)").Count);
        Assert.Equal(2, _session.Run("Get-CaAuthority (@($root, $sub) | Pass)").Count);
    }

    [Fact]
    public void A_request_is_read_and_checked_again()
    {
        _session.Run("$q = New-CaCertificateRequest /CN=q.example.com -KeyPath q.key");
        Assert.Equal("/CN=q.example.com", _session.Run("($q | Pass | New-CaCertificate -Authority Issuing -UseRequestSubject).Subject").Single().ToString());
        _session.Invoke("$r = $q | Pass; $r.RawData[-1] = $r.RawData[-1] -bxor 1; New-CaCertificate -Request $r -Authority Issuing -UseRequestSubject");
        Assert.Contains("signature", Assert.Single(_session.Errors).Exception.Message);
    }

    [Fact]
    public void The_key_decides_which_authority_it_was_after_the_name_went_to_another()
    {
        _session.Run("$old = $root | Pass; $null = Update-CaAuthority Root -NewKey");
        Assert.Equal("Root-1", _session.Run("($old | Get-CaAuthority).Name").Single().ToString());
        _session.Run("$renewed = $sub | Pass; $null = Update-CaAuthority Issuing");
        Assert.Equal("Issuing", _session.Run("($renewed | Get-CaAuthority).Name").Single().ToString());
    }

    [Fact]
    public void A_selection_of_properties_still_names_its_certificate()
    {
        _session.Run("$s = [pscustomobject]@{ SerialNumber = $c.SerialNumber; Authority = 'Issuing' }; $s.PSTypeNames.Insert(0, 'Selected.PSCertAuthority.Certificates.CaCertificate')");
        Assert.Single(_session.Run("$s | Get-CaCertificate"));
    }

    [Fact]
    public void What_is_gone_is_an_error_of_its_item()
    {
        _session.Run("$gone = $c | Pass; $gone.SerialNumber = '11:22:33'");
        Assert.Equal("CertificateNotFound", _session.ErrorIdOf("$gone | Get-CaCertificate"));
    }

    [Fact]
    public void Findings_of_tests_survive_a_job()
    {
        Assert.Contains("Chain", _session.Run("($c | Test-CaCertificate | Pass).Checks.Check").Select(o => o.ToString()));
        Assert.Equal("True", _session.Run("(Test-CaStore | Pass).Passed").Single().ToString());
    }

    [Fact]
    public void Both_convert_for_whom_wants_a_certificate_of_the_platform()
    {
        _session.Run("function Use([Parameter(ValueFromPipeline)][Security.Cryptography.X509Certificates.X509Certificate2]$Certificate) { process { $Certificate.Subject } }");
        Assert.Equal(["CN=a.example.com, O=Example", "CN=Root", "CN=Issuing"], _session.Run("Use $c; $root | Use; $sub | Use").Select(o => o.ToString()));
        Assert.Equal("True", _session.Run("$c | Get-CaCertificate | Test-CaCertificate -Quiet; ").Single().ToString());
    }

    public void Dispose() => _session.Dispose();
}
