using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Authorities whose issuer is elsewhere, as administrators work with them.</summary>
public sealed class ExternalIssuerTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ExternalIssuerTests() => _session.Run("""
        $there = @{ StorePath = 'there.db' }
        $null = New-CaAuthority Offline -KeyType EC -PathLength 1 @there
        $pending = New-CaAuthority Sub '/O=Example/CN=Example Sub' -KeyType EC -RequestPath sub.csr
        """);

    [Fact]
    public void A_pending_authority_is_shown_and_everything_goes_on_without_it()
    {
        Assert.Equal("Sub Pending True", Text("$a = Get-CaAuthority; \"$($a.Name) $($a.Status) $($a.HasPrivateKey)\""));
        Assert.Equal("Sub", Text("(Get-CaAuthority -Tree).Name"));
        Assert.Equal("Pending", Text("(Get-CaAuthority su*).Status"));
        Assert.Contains("Sub", _session.Complete("Get-CaAuthority S"));
        foreach (string script in new[]
        {
            "Export-CaAuthority Sub", "Export-CaCrl Sub", "$pending | Export-CaCrl", "New-CaCertificate -Authority Sub -GenerateKey -KeyPath a.key -Subject /CN=a.example.com", "Update-CaAuthority Sub", "Revoke-CaCertificate -Authority Sub",
            "New-CaAuthority Below -Parent Sub -KeyType EC", "Get-CaCertificate -Authority Sub", "Export-CaOcspIndex Sub",
        })
        {
            Assert.True(_session.ErrorIdOf(script).StartsWith("AuthorityPending", StringComparison.Ordinal), script);
        }

        Assert.Equal("True", Text("(Test-CaStore).Passed"));
        Assert.Equal("1", Text("(Get-CaStore).KeyCount"));
    }

    [Fact]
    public void The_answer_completes_it_in_the_pipeline_and_the_same_pair_renews_it()
    {
        _session.Run("""
            New-CaAuthority Sub -Parent Offline -Request sub.csr @there | Export-CaAuthority -Path sub.pem @there
            Get-CaAuthority Offline @there | Export-CaAuthority -Path offline.pem @there
            $sub = 'sub.pem', 'offline.pem' | Import-CaAuthority
            $leaf = New-CaCertificate -Authority Sub -GenerateKey -KeyPath a.key -KeyType EC -Subject /CN=a.example.com
            """);
        Assert.Equal("Sub Offline", Text("$sub.Name -join ' '"));
        Assert.Equal("Offline", Text("(Get-CaAuthority Sub).Parent"));
        Assert.Equal("True", Text("($leaf | Test-CaCertificate).Passed"));
        Assert.Equal("False", Text("(Get-CaAuthority Sub @there).HasPrivateKey"));
        _session.Run("""
            $null = Update-CaAuthority Sub -RequestPath sub2.csr
            $again = Update-CaAuthority Sub @there -ValidDays 3000
            Set-CaAuthority Sub @there -NewName 'Sub of ours'
            """);
        Assert.Equal("FileExists", _session.ErrorIdOf("Update-CaAuthority Sub -RequestPath sub2.csr").Split(',')[0]);
        Assert.Equal("Sub Pending Sub", Text("$n = Update-CaAuthority Sub -NewKey -KeyType EC -RequestPath sub2.csr -Force; \"$($n.Replaces) $($n.Status) Sub\""));
        _session.Run("$null = New-CaAuthority 'Sub 2' -Parent Offline -Request ([System.IO.File]::ReadAllText(\"$folder/sub2.csr\")) @there | Export-CaAuthority -Path sub2.pem @there; $null = Import-CaAuthority sub2.pem");
        Assert.Equal("Sub Valid, Sub-1 Replaced", Text("(Get-CaAuthority Sub* | ForEach-Object { \"$($_.Name) $($_.Status)\" }) -join ', '"));
        Assert.Equal("True", Text("($leaf | Test-CaCertificate).Passed"));
        Assert.Equal("True", Text("(Test-CaStore).Passed"));
    }

    [Fact]
    public void Former_certificates_are_marked_and_filtered()
    {
        _session.Run("""
            $null = New-CaAuthority Root -KeyType EC
            $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -KeyType EC -Subject /CN=a.example.com
            $null = Update-CaAuthority Root -ValidDays 4000
            """);
        Assert.Equal("True Root", Text("$c = Get-CaCertificate -AuthorityCertificate; \"$($c.IsAuthority) $($c.CommonName)\""));
        Assert.Equal("a.example.com", Text("(Get-CaCertificate -AuthorityCertificate:$false).CommonName"));
        Assert.Equal("2", Text("(Get-CaCertificate).Count"));
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        _session.Run("""
            New-CaAuthority Other -RequestPath other.csr -WhatIf
            New-CaAuthority Other -Parent Offline -Request sub.csr -WhatIf @there
            Set-CaAuthority Sub -NewName Other -WhatIf
            Export-CaAuthority Sub -Request -Path again.csr -WhatIf
            """);
        Assert.Equal("Sub", Text("(Get-CaAuthority).Name"));
        Assert.Equal("Offline", Text("(Get-CaAuthority @there).Name"));
        Assert.False(System.IO.File.Exists(_session.PathOf("other.csr")) || System.IO.File.Exists(_session.PathOf("again.csr")));
    }

    [Fact]
    public void Revocations_come_from_a_crl()
    {
        _session.Run("""
            $root = New-CaAuthority Root -KeyType EC @there
            $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -KeyType EC -Subject /CN=a.example.com @there | Revoke-CaCertificate -Reason KeyCompromise @there
            $root | Export-CaAuthority -Path root.pem @there
            $null = Export-CaCrl Root -Path root.crl @there
            $null = Import-CaAuthority root.pem -KeyPath $root.KeyFile -CrlPath root.crl
            """);
        Assert.Equal("1", Text("(Get-CaAuthority Root).LastCrlNumber"));
        _session.Run("$null = Export-CaCrl Root -Path again.crl");
        Assert.Equal("2 1", Text("$c = (Get-CaAuthority Root).ReadCrl($folder + '/again.crl'); [string]$c.Number + ' ' + $c.EntryCount"));
        Assert.Equal("ImportCrlMismatch", _session.ErrorIdOf("Import-CaAuthority root.pem -CrlPath (Get-CaAuthority Offline @there | Export-CaCrl -Path other.crl -PassThru @there).FullName").Split(',')[0]);
    }

    public void Dispose() => _session.Dispose();

    private string Text(string script) => string.Join(Environment.NewLine, _session.Run(script).Select(item => item?.ToString()));
}
