using System;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Loader;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Watchers and the sending of notices, as far as the cmdlets go; what servers receive is tested with the engine.</summary>
public sealed class WatcherTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public WatcherTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -ValidDays 3 -Watcher 'Ann Example <ann@example.com>', ANN@example.com
        $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath b.key -Subject /CN=b.example.com -ValidDays 90
        """);

    [Fact]
    public void Watchers_are_given_at_issue_added_listed_and_removed()
    {
        Assert.Equal(["Ann Example <ann@example.com>"], Texts("$cert.Watchers"));
        Assert.Equal(["bob@example.com"], Texts("$cert | Add-CaWatcher -Watcher bob@example.com, BOB@example.com -PassThru"));
        Assert.Empty(_session.Run("Add-CaWatcher b.example.com 'Bob <bob@example.com>'"));
        Assert.Equal(
            ["a.example.com Ann Example <ann@example.com>", "a.example.com bob@example.com", "b.example.com Bob <bob@example.com>"],
            Texts("Get-CaWatcher | ForEach-Object { \"$($_.Subject.Substring(4)) $_\" }"));
        Assert.Equal(["a.example.com", "b.example.com"], Texts("(Get-CaWatcher -Watcher bob@*).Subject.Substring(4)"));
        Assert.Equal(["Ann Example <ann@example.com>", "bob@example.com"], Texts("Get-CaCertificate a.example.com | Get-CaWatcher"));
        Assert.Equal(["Bob <bob@example.com>", "bob@example.com"], Texts("Get-CaWatcher -Watcher bob@example.com | Remove-CaWatcher -PassThru").Order());
        Assert.Equal(["Ann Example <ann@example.com>"], Texts("Get-CaWatcher"));
        Assert.Equal("WatcherNotFound", _session.ErrorIdOf("Remove-CaWatcher a.example.com bob@example.com"));
        Assert.Contains("Ann Example <ann@example.com>", _session.Errors[0].Exception.Message);
        _session.Run("Remove-CaWatcher a.example.com Ann@Example.com");
        Assert.Empty(_session.Run("Get-CaWatcher"));
        Assert.Equal(
            ["WatcherAdded Ann Example <ann@example.com>", "WatcherAdded bob@example.com", "WatcherAdded Bob <bob@example.com>"],
            Texts("Get-CaAuditRecord -Act WatcherAdded | ForEach-Object { \"$($_.Act) $($_.Detail)\" }"));
        Assert.Equal(3, _session.Run("Get-CaAuditRecord -Act WatcherRemoved").Count);
    }

    [Fact]
    public void A_name_that_is_given_later_replaces_the_one_before()
    {
        Assert.Equal(["Ann Other <ann@example.com>"], Texts("Add-CaWatcher a.example.com 'Ann Other <ann@example.com>' -PassThru"));
        Assert.Equal(["Ann Other <ann@example.com>"], Texts("Add-CaWatcher a.example.com ann@example.com -PassThru"));
        Assert.Single(_session.Run("Get-CaWatcher a.example.com"));
    }

    [Fact]
    public void Watchers_come_from_the_columns_of_a_table()
    {
        Assert.Equal(["c@example.com", ""], Texts("""
            [pscustomobject]@{ Subject = '/CN=c.example.com'; KeyPath = 'c.key'; Watcher = 'c@example.com' },
                [pscustomobject]@{ Subject = '/CN=d.example.com'; KeyPath = 'd.key'; Watcher = '' } | New-CaCertificate -Authority Root -GenerateKey | ForEach-Object { $_.Watchers -join ',' }
            """));
        Assert.Equal(["e@example.com"], Texts("""
            [pscustomobject]@{ SerialNumber = $cert.SerialNumber; Watcher = 'e@example.com' } | Add-CaWatcher -PassThru
            """));
    }

    [Theory]
    [InlineData("Add-CaWatcher a.example.com nobody", "MailAddressInvalid")]
    [InlineData("Add-CaWatcher a.example.com \"Ann`r`nBcc: eve@example.com <ann@example.com>\"", "MailAddressInvalid")]
    [InlineData("New-CaCertificate -Authority Root -GenerateKey -KeyPath x.key -Subject /CN=x.example.com -Watcher nobody", "MailAddressInvalid")]
    [InlineData("Add-CaWatcher nothing.example.com ann@example.com", "CertificateNotFound")]
    [InlineData("Get-CaWatcher nothing.example.com", "CertificateNotFound")]
    [InlineData("Get-CaWatcher -Authority Nobody", "AuthorityNotFound")]
    [InlineData("Send-CaExpiryNotification -Authority Nobody", "AuthorityNotFound")]
    [InlineData("Send-CaExpiryNotification", "MailNotConfigured")]
    [InlineData("Send-CaExpiryNotification -Days 30 -Authority Root; Send-CaExpiryNotification -Days 5000 -ErrorAction SilentlyContinue", "MailNotConfigured")]
    public void What_cannot_be_is_an_error_of_its_own(string script, string errorId)
    {
        _session.Invoke(script);
        Assert.Equal(errorId, _session.Errors[0].FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void WhatIf_shows_what_would_go_and_neither_sends_nor_changes()
    {
        string before = Snapshot();
        PSObject planned = _session.Run("Send-CaExpiryNotification -WhatIf").Single();
        Assert.Equal("WouldSend", planned.Properties["Status"].Value.ToString());
        Assert.Equal("Ann Example <ann@example.com>", planned.Properties["Watcher"].Value);
        Assert.Equal("3", planned.Properties["NotificationDay"].Value.ToString());
        Assert.StartsWith("Ann Example <ann@example.com>: the certificate ", planned.ToString(), StringComparison.Ordinal);
        Assert.Empty(_session.Run("Send-CaExpiryNotification -Days 14 -WhatIf"));
        _session.Run("Add-CaWatcher a.example.com eve@example.com -WhatIf; Get-CaWatcher | Remove-CaWatcher -WhatIf");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Watchers_are_completed()
    {
        string store = $" -StorePath '{_session.PathOf("ca.db")}'";
        Assert.Equal(["Ann Example <ann@example.com>"], _session.Complete($"Remove-CaWatcher{store} -Watcher ann@"));
        Assert.Equal(["a.example.com"], _session.Complete($"Add-CaWatcher{store} -Identity a."));
    }

    [Fact]
    public void A_server_that_is_not_there_leaves_one_error_a_watcher()
    {
        _session.Run("Set-CaSetting MailServer no-such-host.invalid; Set-CaSetting MailSender ca@example.com; Add-CaWatcher a.example.com bob@example.com");
        Assert.Empty(_session.Invoke("Send-CaExpiryNotification -TimeoutSeconds 10"));
        Assert.Equal(["Ann Example <ann@example.com>", "bob@example.com"], _session.Errors.Select(e => e.TargetObject.ToString()));
        Assert.All(_session.Errors, e => Assert.Equal("MailServerUnreachable,PSCertAuthority.Commands.SendCaExpiryNotificationCommand", e.FullyQualifiedErrorId));
        Assert.All(_session.Errors, e => Assert.Equal(ErrorCategory.ConnectionError, e.CategoryInfo.Category));
        AssemblyLoadContext mail = AssemblyLoadContext.All.Single(c => c.Assemblies.Any(a => a.GetName().Name == "MailKit"));
        Assert.Equal("PSCertAuthority", mail.Name);
        Assert.Single(mail.Assemblies, a => a.GetName().Name == "BouncyCastle.Cryptography");
    }

    private string[] Texts(string script) => [.. _session.Run(script).Select(text => text.ToString())];

    private string Snapshot() => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(_session.PathOf("ca.db"))));

    public void Dispose() => _session.Dispose();
}
