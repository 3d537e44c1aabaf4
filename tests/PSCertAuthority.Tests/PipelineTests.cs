using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The pipelines of SPEC section 1.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public PipelineTests() => _session.Run("""
        $root = New-CaAuthority -Name Root -Subject '/C=AT/O=Example/CN=Example Root' -PathLength 1 -KeyType EC
        $sub  = $root | New-CaAuthority -Name Issuing -Subject '/O=Example/CN=Example Issuing' -KeyType EC
        """);

    [Fact]
    public void An_authority_is_piped_into_a_new_one_below_it()
    {
        PSObject sub = _session.Run("$sub").Single();
        Assert.Equal("Root", sub.Properties["Parent"].Value);
        Assert.Equal(true, sub.Properties["HasPrivateKey"].Value);
        Assert.Equal(["Issuing", "Root"], _session.Run("Get-CaAuthority").Select(a => a.Properties["Name"].Value));
    }

    [Fact]
    public void An_empty_cell_of_a_table_is_as_if_nothing_was_given()
    {
        PSObject certificate = _session.Run("""
            [pscustomobject]@{ Subject = '/CN=a.example.com'; KeyPath = 'a.key'; SubjectAlternativeName = ''; Profile = ''; ValidDays = ''; NotAfter = ''; KeySize = ''; Watcher = ''; KeyUsage = '' } |
                New-CaCertificate -Authority Issuing -GenerateKey
            """).Single();
        Assert.Equal("webserver", certificate.Properties["Profile"].Value);
        Assert.Equal(730, (int)Math.Round(((DateTime)certificate.Properties["NotAfter"].Value - (DateTime)certificate.Properties["NotBefore"].Value).TotalDays));
        _session.Run("[pscustomobject]@{ Subject = '/CN=b.example.com'; KeyPath = 'b.key'; SubjectAlternativeName = ''; KeySize = '' } | New-CaCertificateRequest");
    }

    [Fact]
    public void A_request_is_piped_into_a_certificate_and_that_into_a_file_with_its_chain()
    {
        PSObject certificate = _session.Run("""
            $cert = New-CaCertificateRequest -Subject '/CN=web01.example.com' -KeyPath web01.key |
                      New-CaCertificate -Authority Issuing -SubjectAlternativeName www.example.com
            $cert | Export-CaCertificate -Path web01.pem -IncludeChain
            $cert
            """).Single();
        Assert.Equal("/CN=web01.example.com", certificate.Properties["Subject"].Value);
        string pem = File.ReadAllText(_session.PathOf("web01.pem"));
        Assert.Equal(2, pem.Split("BEGIN CERTIFICATE").Length - 1);
    }

    [Fact]
    public void Audit_records_are_listed_by_act_target_and_time()
    {
        _session.Run("$null = New-CaCertificate -GenerateKey -KeyPath a.key -Authority Issuing -Subject /CN=a.example.com; Revoke-CaCertificate a.example.com");
        PSObject revoked = _session.Run("Get-CaAuditRecord CertificateRevoked -Target *a.example.com -After ([datetime]::Now.AddHours(-1)) -Account ([Environment]::UserName)").Single();
        Assert.Equal(4L, revoked.Properties["Number"].Value);
        Assert.Equal(["AuthorityCreated", "AuthorityCreated", "CertificateIssued", "CertificateRevoked"], _session.Run("Get-CaAuditRecord").Select(r => r.Properties["Act"].Value.ToString()));
        Assert.Empty(_session.Run("Get-CaAuditRecord -Before ([datetime]::Now.AddHours(-1))"));
    }

    [Fact]
    public void Certificates_are_tested_as_objects_files_and_those_of_the_platform()
    {
        _session.Run("$c = New-CaCertificate -GenerateKey -KeyPath a.key -Authority Issuing -Subject /CN=a.example.com; $c | Export-CaCertificate -Path a.pem");
        PSObject result = _session.Run("$c | Test-CaCertificate -Name a.example.com -Purpose serverAuth -Verbose").Single();
        Assert.Equal(true, result.Properties["Passed"].Value);
        Assert.Contains(_session.Verbose, line => line.StartsWith("Chain: passed: Signed by Issuing, Root.", StringComparison.Ordinal));
        Assert.Equal(["True", "True", "False"], _session.Run("""
            Test-CaCertificate -Path *.pem -Quiet
            Test-CaCertificate -Certificate $c -Quiet
            $c | Revoke-CaCertificate; Test-CaCertificate a.example.com -Quiet
            """).Select(passed => passed.ToString()));
        Assert.Equal("CertificateUnreadable", _session.ErrorIdOf("Test-CaCertificate -Path a.key"));
        Assert.Equal("CertificateNotFound", _session.ErrorIdOf("Test-CaCertificate nobody"));
        Assert.Equal(["serverAuth"], _session.Complete("Test-CaCertificate x -Purpose serv"));
    }

    [Fact]
    public void Files_and_their_paths_bind_from_the_pipeline()
    {
        _session.Run("""
            $null = New-CaCertificateRequest '/CN=a.example.com' -KeyPath a.key -Path a.csr
            $null = New-CaCertificateRequest '/CN=b.example.com' -KeyPath b.key -Path b.csr
            """);
        var issued = _session.Run("[IO.FileInfo[]]@(\"$folder/a.csr\", \"$folder/b.csr\") | New-CaCertificate -Authority Issuing -UseRequestSubject");
        Assert.Equal(["/CN=a.example.com", "/CN=b.example.com"], issued.Select(c => c.Properties["Subject"].Value));
        Assert.Equal(2, _session.Run("'*.csr' | New-CaCertificate -Authority Issuing -UseRequestSubject").Count);
    }

    [Fact]
    public void Files_with_brackets_in_their_names_are_taken_to_the_letter()
    {
        _session.Run("""
            $null = New-CaCertificateRequest /CN=one.example.com -KeyPath one.key -Path "$folder/one.csr"
            [IO.File]::Copy("$folder/one.csr", "$folder/a[1].csr")
            [IO.File]::Copy("$folder/one.csr", "$folder/a1.csr")
            """);
        Assert.Single(_session.Run("[IO.FileInfo]\"$folder/a[1].csr\" | New-CaCertificate -Authority Issuing -UseRequestSubject"));
        Assert.Single(_session.Run("New-CaCertificate -LiteralPath \"$folder/a[1].csr\" -Authority Issuing -UseRequestSubject"));
        Assert.Equal(2, _session.Run("New-CaCertificate \"$folder/a*.csr\" -Authority Issuing -UseRequestSubject").Count);
    }

    [Fact]
    public void Columns_bind_by_property_name()
    {
        var issued = _session.Run("""
            @([pscustomobject]@{ Subject = '/CN=c1.example.com'; KeyPath = 'c1.key' }, [pscustomobject]@{ Subject = '/CN=c2.example.com'; KeyPath = 'c2.key' }) |
                New-CaCertificate -Authority Issuing -GenerateKey
            """);
        Assert.Equal(2, issued.Count);
        Assert.Contains("BEGIN PRIVATE KEY", File.ReadAllText(_session.PathOf("c2.key")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_session.PathOf("c1.key")));
    }

    [Fact]
    public void Certificates_are_filtered_and_revoked()
    {
        _session.Run("""
            1..3 | ForEach-Object { New-CaCertificate -GenerateKey -KeyPath "lab$_.key" -Authority Issuing -Subject "/OU=Lab/CN=lab$_.example.com" }
            New-CaCertificate -GenerateKey -KeyPath other.key -Authority Issuing -Subject "/CN=other.example.com"
            Get-CaCertificate -Authority Issuing | Where-Object Subject -like '*OU=Lab*' | Revoke-CaCertificate -Reason Superseded
            """);
        Assert.Equal("/CN=other.example.com", _session.Run("Get-CaCertificate").Single().Properties["Subject"].Value);
        Assert.Equal(4, _session.Run("Get-CaCertificate -Revoked").Count);
        _session.Run("Get-CaAuthority | Export-CaCrl -Directory ./crl");
        Assert.True(File.Exists(_session.PathOf("crl/Issuing.crl.pem")));
        Assert.True(File.Exists(_session.PathOf("crl/Root.crl.pem")));
    }

    [Fact]
    public void A_certificate_converts_to_that_of_the_platform()
    {
        var converted = (X509Certificate2)_session.Run("""
            [System.Security.Cryptography.X509Certificates.X509Certificate2](
                New-CaCertificate -GenerateKey -KeyPath x.key -Authority Issuing -Subject '/CN=x.example.com')
            """).Single().BaseObject;
        Assert.Equal("CN=x.example.com", converted.Subject);
    }

    [Fact]
    public void Subjects_are_text_a_hashtable_or_a_name_of_the_platform()
    {
        string[] subjects = [.. _session.Run("""
            New-CaCertificate -GenerateKey -KeyPath s1.key -Authority Issuing -Subject @{ CN = 's1.example.com'; C = 'AT' }
            New-CaCertificate -GenerateKey -KeyPath s2.key -Authority Issuing -Subject ([ordered]@{ CN = 's2.example.com'; OU = 'a', 'b' })
            New-CaCertificate -GenerateKey -KeyPath s3.key -Authority Issuing -Subject ([System.Security.Cryptography.X509Certificates.X500DistinguishedName]'CN=s3.example.com, C=AT')
            New-CaCertificate -GenerateKey -KeyPath s4.key -Authority Issuing -Subject 'CN=s4.example.com,O=Example'
            """).Select(c => (string)c.Properties["Subject"].Value)];
        Assert.Equal(["/C=AT/CN=s1.example.com", "/OU=a/OU=b/CN=s2.example.com", "/C=AT/CN=s3.example.com", "/O=Example/CN=s4.example.com"], subjects);
    }

    public void Dispose() => _session.Dispose();
}
