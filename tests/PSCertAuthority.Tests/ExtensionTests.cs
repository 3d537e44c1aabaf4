using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Extensions are asked for by name, in every form that PowerShell has, and shown in words.</summary>
public sealed class ExtensionTests : IDisposable
{
    private const string Issue = "New-CaCertificate ok.csr -Authority Root -Subject /CN=a.example.com ";
    private readonly ModuleSession _session = new();

    public ExtensionTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC -PathLength 1 -IssuerAlternativeName http://root.example.com
        $null = New-CaAuthority Servers -Parent Root -KeyType EC -ExtendedKeyUsage serverAuth
        $null = New-CaCertificateRequest /CN=ok.example.com -KeyPath ok.key -Path ok.csr
        """);

    [Theory]
    [InlineData("-KeyUsage digitalSignature, CONTENTCOMMITMENT", "Key Usage (critical): Digital Signature, Non Repudiation")]
    [InlineData("-KeyUsage keyAgreement, encipherOnly", "Key Usage (critical): Key Agreement, Encipher Only")]
    [InlineData("-KeyUsage 'digitalSignature, keyAgreement'", "Key Usage (critical): Digital Signature, Key Agreement")]
    [InlineData("-KeyUsage ''", "Key Usage (critical): Digital Signature, Key Agreement")]
    [InlineData("-ExtendedKeyUsage SERVERAUTH, 1.2.3, smartcardLogon", "Extended Key Usage: TLS Server Authentication, 1.2.3, Smart Card Logon")]
    [InlineData("-EKU codeSigning -ExtendedKeyUsageCritical", "Extended Key Usage (critical): Code Signing")]
    [InlineData("-EKU timeStamping", "Extended Key Usage (critical): Time Stamping")]
    [InlineData("-MustStaple", "TLS Feature: Must Staple (status_request)")]
    [InlineData("-IssuerAlternativeName http://other.example.com", "Issuer Alternative Name: URI:http://other.example.com")]
    [InlineData("", "Issuer Alternative Name: URI:http://root.example.com")]
    [InlineData("-CertificatePolicy domain-validated", "Certificate Policies: Domain Validated (2.23.140.1.2.1)")]
    [InlineData("-CertificatePolicy '1.2.3;cps=http://a.example.com/cps;notice=a; b', 1.2.4",
        "Certificate Policies: 1.2.3, CPS http://a.example.com/cps, notice 'a; b'; 1.2.4")]
    [InlineData("-CertificatePolicy @{ Oid = '1.2.3'; CpsUri = 'http://a.example.com/'; Notice = 'n' }", "Certificate Policies: 1.2.3, CPS http://a.example.com/, notice 'n'")]
    [InlineData("-SAN 'otherName:1.3.6.1.4.1.311.20.2.3;UTF8:me@example.com'",
        "Subject Alternative Name: DNS:a.example.com, otherName:1.3.6.1.4.1.311.20.2.3;UTF8:me@example.com")]
    [InlineData("-Extension @{ Oid = '1.2.3.4'; Value = '04:01:41'; Critical = $true }", "1.2.3.4 (critical): 04:01:41")]
    [InlineData("-Extension @{ Oid = '1.2.3.4'; Value = 4, 1, 0x41 }", "1.2.3.4: 04:01:41")]
    [InlineData("-Extension ([pscustomobject]@{ Oid = '1.2.3.4'; Value = [byte[]](5, 0) })", "1.2.3.4: 05:00")]
    [InlineData("-Extension ([Security.Cryptography.X509Certificates.X509Extension]::new('1.2.3.4', [byte[]](5, 0), $true))", "1.2.3.4 (critical): 05:00")]
    [InlineData("-Extension @{ Oid = '2.16.840.1.113730.1.13'; Value = '16026869' }", "Netscape Comment: hi")]
    public void They_are_asked_for_by_name(string parameters, string expected) =>
        Assert.Contains(expected, _session.Run($"({Issue}{parameters}).Extensions | ForEach-Object {{ \"$_\" }}").Select(e => e.ToString()));

    [Theory]
    [InlineData("-KeyUsage @()", "Key Usage")]
    [InlineData("-ExtendedKeyUsage @()", "Extended Key Usage")]
    [InlineData("-IssuerAlternativeName @()", "Issuer Alternative Name")]
    public void An_empty_list_leaves_one_out(string parameters, string name) =>
        Assert.DoesNotContain(name, _session.Run($"({Issue}{parameters}).Extensions.Name").Select(e => e.ToString()));

    [Theory]
    [InlineData("-KeyUsage sign", "KeyUsageUnknown")]
    [InlineData("-KeyUsage keyCertSign", "KeyUsageForAuthorities")]
    [InlineData("-KeyUsage cRLSign", "KeyUsageForAuthorities")]
    [InlineData("-KeyUsage keyEncipherment", "KeyUsageUnfit")]
    [InlineData("-KeyUsage decipherOnly", "KeyUsageUnfit")]
    [InlineData("-ExtendedKeyUsage server", "ExtendedKeyUsageUnknown")]
    [InlineData("-Authority Servers -EKU clientAuth", "ExtendedKeyUsageOutsideAuthority")]
    [InlineData("-CertificatePolicy nothing", "CertificatePolicyInvalid")]
    [InlineData("-CertificatePolicy '1.2.3;cps=not a uri'", "CertificatePolicyInvalid")]
    [InlineData("-CertificatePolicy ('1.2.3;notice=' + 'x' * 201)", "CertificatePolicyInvalid")]
    [InlineData("-CertificatePolicy '1.2.3;text=x'", "CertificatePolicyInvalid")]
    [InlineData("-CertificatePolicy @{ Oid = '1.2.3'; Url = 'x' }", "CertificatePolicyInvalid")]
    [InlineData("-CertificatePolicy 1.2.3, '1.2.3;notice=x'", "CertificatePolicyRepeated")]
    [InlineData("-IssuerAlternativeName IP:x", "InvalidGeneralName")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '04' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '0500ff' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '30800000' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '010101' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = 'xy' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = 'x'; Value = '0500' }", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '0500'; Other = 1 }", "ExtensionInvalid")]
    [InlineData("-Extension hello", "ExtensionInvalid")]
    [InlineData("-Extension @{ Oid = '1.2.3'; Value = '0500' }, @{ Oid = '1.2.3'; Value = '0500' }", "ExtensionRepeated")]
    [InlineData("-Extension @{ Oid = '2.5.29.19'; Value = '30030101ff' }", "ExtensionReserved")]
    [InlineData("-Extension @{ Oid = '2.5.29.33'; Value = '300A300806022A0306022A04' }", "ExtensionReserved")]
    public void Bad_input_is_an_error_that_changes_nothing(string parameters, string errorId)
    {
        string script = (Issue + parameters).Replace("-Authority Root -Subject /CN=a.example.com -Authority Servers", "-Subject /CN=a.example.com -Authority Servers");
        string before = Snapshot();
        Assert.Equal(errorId, _session.ErrorIdOf(script));
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("2.5.29.15", "-KeyUsage")]
    [InlineData("2.5.29.37", "-ExtendedKeyUsage")]
    [InlineData("2.5.29.17", "-SubjectAlternativeName")]
    [InlineData("2.5.29.18", "-IssuerAlternativeName")]
    [InlineData("2.5.29.32", "-CertificatePolicy")]
    [InlineData("2.5.29.30", "-PermittedName")]
    [InlineData("2.5.29.31", "-CrlUrl")]
    [InlineData("2.5.29.36", "-RequireExplicitPolicy")]
    [InlineData("2.5.29.54", "-InhibitAnyPolicy")]
    [InlineData("1.3.6.1.5.5.7.1.1", "-OcspUrl")]
    [InlineData("1.3.6.1.5.5.7.1.24", "-MustStaple")]
    [InlineData("1.3.6.1.5.5.7.48.1.5", "profile")]
    [InlineData("2.5.29.14", "key")]
    [InlineData("2.5.29.35", "authority's key")]
    public void What_is_written_by_itself_is_refused_and_the_parameter_named(string oid, string parameter)
    {
        Assert.Equal("ExtensionReserved", _session.ErrorIdOf($"{Issue} -Extension @{{ Oid = '{oid}'; Value = '0500' }}"));
        Assert.Contains(parameter, _session.Errors.Single().Exception.Message);
    }

    [Theory]
    [InlineData("-RequireExplicitPolicy -1", "PolicySkipInvalid")]
    [InlineData("-InhibitAnyPolicy 101", "PolicySkipInvalid")]
    [InlineData("-KeyUsage keyEncipherment", "KeyUsageUnfit")]
    [InlineData("-Parent Root -PathLength 0 -Extension @{ Oid = '2.5.29.54'; Value = '020100' }", "ExtensionReserved")]
    public void Bad_extensions_of_authorities_change_nothing(string parameters, string errorId)
    {
        string before = Snapshot();
        Assert.Equal(errorId, _session.ErrorIdOf("New-CaAuthority New -KeyType EC " + parameters));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Authorities_have_policies_usages_and_limits()
    {
        string[] words = [.. _session.Run("""
            (New-CaAuthority New -KeyType EC -KeyUsage digitalSignature -ExtendedKeyUsage serverAuth, clientAuth -CertificatePolicy any-policy `
                -RequireExplicitPolicy 1 -InhibitPolicyMapping 2 -InhibitAnyPolicy 3 -Extension @{ Oid = '2.5.29.33'; Value = '300A300806022A0306022A04'; Critical = $true }
            ).Extensions | ForEach-Object { "$_" }
            """).Select(e => e.ToString())];
        Assert.Contains("Key Usage (critical): Digital Signature, Certificate Sign, CRL Sign", words);
        Assert.Contains("Extended Key Usage: TLS Server Authentication, TLS Client Authentication", words);
        Assert.Contains("Certificate Policies: Any Policy (2.5.29.32.0)", words);
        Assert.Contains("Policy Constraints (critical): explicit policy required after 1 certificates, policy mapping inhibited after 2 certificates", words);
        Assert.Contains("Inhibit Any Policy (critical): Any Policy inhibited after 3 certificates", words);
        Assert.Contains("Policy Mappings (critical): 1.2.3 is 1.2.4", words);
    }

    [Fact]
    public void Columns_of_a_table_bind_and_empty_cells_leave_the_defaults()
    {
        string[] words = [.. _session.Run("""
            @([pscustomobject]@{ Subject = '/CN=a.example.com'; KeyPath = 'c1.key'; KeyUsage = ''; ExtendedKeyUsage = ''; CertificatePolicy = ''; MustStaple = ''; IssuerAlternativeName = '' },
              [pscustomobject]@{ Subject = '/CN=b.example.com'; KeyPath = 'c2.key'; KeyUsage = 'digitalSignature'; ExtendedKeyUsage = 'clientAuth;codeSigning'
                                 CertificatePolicy = '1.2.3;cps=http://a.example.com'; MustStaple = 'True'; IssuerAlternativeName = 'http://c.example.com' }) |
                New-CaCertificate -Authority Root -GenerateKey | ForEach-Object { $_.Extensions.ForEach({ "$_" }) -join '|' }
            """).Select(e => e.ToString())];
        Assert.Contains("Extended Key Usage: TLS Server Authentication|", words[0]);
        Assert.Contains("Issuer Alternative Name: URI:http://root.example.com", words[0]);
        Assert.DoesNotContain("TLS Feature", words[0]);
        foreach (string expected in (string[])["Key Usage (critical): Digital Signature|", "Extended Key Usage: TLS Client Authentication, Code Signing|", "1.2.3, CPS http://a.example.com", "Must Staple", "URI:http://c.example.com"])
            Assert.Contains(expected, words[1]);
    }

    [Fact]
    public void Extensions_of_any_certificate_are_shown()
    {
        _session.Run($"$c = {Issue}; $c | Export-CaCertificate -Path c.pem; Export-CaAuthority Root -Path r.der -Format Der; $a = Get-CaAuthority Root");
        string[] expected = Show("$c");
        Assert.Contains("Basic Constraints (critical): End Entity", expected);
        foreach (string source in (string[])["[Security.Cryptography.X509Certificates.X509Certificate2]$c", "'c.pem'", "[IO.FileInfo]\"$folder/c.pem\"", ",$c.ToDer()"])
            Assert.Equal(expected, Show(source));
        Assert.Equal(Show("$a"), Show("'r.der'"));
        Assert.Equal(expected, _session.Run("Get-CaCertificateExtension -LiteralPath c.pem | ForEach-Object { \"$_\" }").Select(e => e.ToString()));
        Assert.Equal(expected.Length + Show("$a").Length, _session.Run("Get-CaCertificateExtension -Path c.pem, *.der").Count);
        Assert.Equal("2.5.29.15", _session.Run("($c | Get-CaCertificateExtension -Name keyusage).Oid").Single().ToString());
        Assert.Equal("/CN=a.example.com", _session.Run("($c | Get-CaCertificateExtension -Name 2.5.29.15).Subject").Single().ToString());
        Assert.Equal("DNS:r.example.com", _session.Run("(New-CaCertificateRequest /CN=r -SAN r.example.com -KeyPath r.key | Get-CaCertificateExtension).Description").Single().ToString());
    }

    [Theory]
    [InlineData("Get-CaCertificateExtension ok.csr", "CertificateUnreadable")]
    [InlineData("Get-CaCertificateExtension 5", "CertificateUnreadable")]
    [InlineData("Get-CaCertificateExtension -LiteralPath .", "CertificateFileUnreadable")]
    [InlineData("Get-CaCertificateExtension missing.pem", "PathNotFound")]
    public void What_holds_no_certificate_is_an_error(string script, string errorId) => Assert.Equal(errorId, _session.ErrorIdOf(script));

    [Fact]
    public void An_extension_that_was_read_can_be_written_again() => Assert.Equal("1.2.3.4: 05:00", _session.Run($$"""
        $first = {{Issue}} -Extension @{ Oid = '1.2.3.4'; Value = '0500' }
        "$(({{Issue}} -Extension ($first | Get-CaCertificateExtension -Name 1.2.3.4)).Extensions[-1])"
        """).Single().ToString());

    [Fact]
    public void Lists_of_names_and_extensions_can_be_indexed() => Assert.Equal(
        "DNS:a.example.com 2.5.29.19", _session.Run($"$c = {Issue}; \"$($c.SubjectAlternativeName[0]) $($c.Extensions[0].Oid)\"").Single().ToString());

    [Fact]
    public void Usages_and_policies_are_completed()
    {
        Assert.Equal(["digitalSignature", "dataEncipherment", "decipherOnly"], _session.Complete("New-CaCertificate -KeyUsage d"));
        Assert.Equal(["codeSigning"], _session.Complete("New-CaCertificate -ExtendedKeyUsage clientAuth, code"));
        Assert.Equal(["serverAuth", "secureShellClient", "secureShellServer"], _session.Complete("New-CaAuthority -EKU s"));
        Assert.Contains("domain-validated", _session.Complete("New-CaAuthority -CertificatePolicy d"));
    }

    [Fact]
    public void WhatIf_issues_nothing()
    {
        string before = Snapshot();
        _session.Run($"{Issue} -MustStaple -KeyUsage digitalSignature -Extension @{{ Oid = '1.2.3'; Value = '0500' }} -WhatIf");
        Assert.Equal(before, Snapshot());
    }

    public void Dispose() => _session.Dispose();

    private string[] Show(string source) => [.. _session.Run($"{source} | Get-CaCertificateExtension | ForEach-Object {{ \"$_\" }}").Select(e => e.ToString())];

    private string Snapshot() => string.Join("\n", Directory.EnumerateFileSystemEntries(_session.Folder, "*", SearchOption.AllDirectories).Order()
        .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}" : path));
}
