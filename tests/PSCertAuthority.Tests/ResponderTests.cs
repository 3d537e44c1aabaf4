using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Start-, Get- and Stop-CaOcspResponder: the life of a responder as an administrator leads it.</summary>
public sealed class ResponderTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ResponderTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        """);

    [Fact]
    public void It_answers_is_shown_and_is_stopped()
    {
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -PassThru");
        Assert.Equal("True", Text("$r.Ready"));
        Assert.Equal("Root", Text("$r.Authority"));
        int process = (int)_session.Run("$r.ProcessId").Single().BaseObject;
        Assert.Equal("True", Text("$cert | Test-CaCertificate -OcspUri ([uri]::new($r.Url, 'ocsp/')) -Quiet"));
        _session.Run("$cert | Revoke-CaCertificate");
        Thread.Sleep(1000);
        Assert.Equal("False", Text("$cert | Test-CaCertificate -OcspUri ([uri]::new($r.Url, 'ocsp/')) -Quiet"));
        Assert.Equal("2", Text("(Get-CaOcspResponder).Requests"));
        _session.Run("Get-CaOcspResponder | Stop-CaOcspResponder -WhatIf");
        Assert.Single(_session.Run("Get-CaOcspResponder $r.Url.Port"));
        _session.Run("Get-CaOcspResponder | Stop-CaOcspResponder");
        Assert.Empty(_session.Run("Get-CaOcspResponder"));
        Assert.ThrowsAny<ArgumentException>(() => Process.GetProcessById(process));
        Assert.Equal("ResponderNotFound", _session.ErrorIdOf("Stop-CaOcspResponder -Port 1"));
    }

    [Fact]
    public void What_cannot_start_says_so_and_leaves_nothing_running()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string before = Text("@(Get-CaCertificate -Expired -Revoked).Count");
        Assert.Equal("ResponderPortInUse", _session.ErrorIdOf($"Start-CaOcspResponder Root -Port {port}"));
        Assert.Equal("ResponderAddressUnusable", _session.ErrorIdOf("Start-CaOcspResponder Root -Address 192.0.2.1"));
        // Not even a certificate for the responder was issued.
        Assert.Equal(before, Text("@(Get-CaCertificate -Expired -Revoked).Count"));
        Assert.Equal("AuthorityNotFound", _session.ErrorIdOf("Start-CaOcspResponder nobody"));
        _session.Run("Start-CaOcspResponder Root -WhatIf");
        _session.Run("$null = New-CaAuthority Other -KeyType EC");
        Assert.Equal("ResponderFilesForOne", _session.ErrorIdOf("Start-CaOcspResponder Root, Other -CertificatePath a.pem -KeyPath a.key"));
        Assert.Equal("OcspValidityInvalid", _session.ErrorIdOf("Start-CaOcspResponder Root -ExpiresIn 0:0:9"));
        Assert.Equal("OcspValidityInvalid", _session.ErrorIdOf("Start-CaOcspResponder Root -CrlExpiresIn 31.00:00:00"));
        File.Delete(Text("(Get-CaAuthority Other).KeyFile"));
        Assert.Equal("KeyFileMissing", _session.ErrorIdOf("Start-CaOcspResponder Other -Port 0"));
        Assert.Empty(_session.Run("Get-CaOcspResponder"));
    }

    [Fact]
    public void It_goes_on_to_answer_for_an_authority_that_is_renewed()
    {
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -PassThru; $u = [uri]::new($r.Url, 'ocsp/'); $before = Get-CaAuthority Root");
        _session.Run("$after = Update-CaAuthority Root");
        Thread.Sleep(1000);
        Assert.Equal("Good True", Text("$a = $cert | Test-CaOcspResponder -Uri $u; \"$($a.Status) $($a.Trusted)\""));
        foreach (string authority in new[] { "before", "after" })
            Assert.NotEmpty(Fetch(new Uri(Text($"\"$($r.Url)crl/$(${authority}.SerialNumber -replace ':')/\""))));
        Assert.Empty(_session.Run("(Get-CaOcspResponder).Warnings"));
        _session.Run("Get-CaOcspResponder | Stop-CaOcspResponder; $r = Start-CaOcspResponder Root -Port 0 -PassThru");
        foreach (string address in new[] { "crl", "issuer" })
            Assert.NotEmpty(Fetch(new Uri(Text($"\"$($r.Url){address}/$($before.SerialNumber -replace ':')/\""))));
    }

    [Fact]
    public void It_goes_on_to_answer_for_both_keys_of_an_authority_that_gets_a_new_one()
    {
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -PassThru; $u = [uri]::new($r.Url, 'ocsp/'); $before = Get-CaAuthority Root");
        _session.Run("$after = Update-CaAuthority Root -NewKey; $late = New-CaCertificate -Authority Root -GenerateKey -KeyPath b.key -Subject /CN=b.example.com");
        // The session makes a responder key for the new one, too: it opens with the same password.
        foreach (string certificate in new[] { "cert", "late" })
            Assert.True(Poll(() => Text($"$a = ${certificate} | Test-CaOcspResponder -Uri $u; \"$($a.Status) $($a.Trusted)\"") == "Good True"), Text("\"$((Get-CaOcspResponder).Warnings)\""));
        foreach (string authority in new[] { "before", "after" })
            Assert.NotEmpty(Fetch(new Uri(Text($"\"$($r.Url)crl/$(${authority}.SerialNumber -replace ':')/\""))));
        Assert.Equal("True", Text("(Get-CaOcspResponder).Ready"));
        Assert.Empty(_session.Run("(Get-CaOcspResponder).Warnings"));
    }

    [Fact]
    public void A_new_key_with_another_password_is_named_and_the_old_one_goes_on()
    {
        _session.Run("""
            $r = Start-CaOcspResponder Root -Port 0 -PassThru; $u = [uri]::new($r.Url, 'ocsp/'); $secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            $after = Update-CaAuthority Root -NewKey -NewPassword $secret
            """);
        Assert.True(Poll(() => Text("\"$((Get-CaOcspResponder).Warnings)\"").Contains("KeyPassword")), Text("\"$((Get-CaOcspResponder).Warnings)\""));
        Assert.Equal("True", Text("(Get-CaOcspResponder).Ready"));
        Assert.Contains(Text("$after.SerialNumber"), Text("\"$((Get-CaOcspResponder).Warnings)\""));
        Assert.Equal("Good True", Text("$a = $cert | Test-CaOcspResponder -Uri $u; \"$($a.Status) $($a.Trusted)\""));
    }

    [Fact]
    public void A_store_that_is_away_is_told()
    {
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -PassThru -UseAuthorityKey; $u = [uri]::new($r.Url, 'ocsp/'); [IO.File]::Move(\"$folder/ca.db\", \"$folder/away.db\")");
        Assert.True(Poll(() => Text("\"$((Get-CaOcspResponder).Warnings)\"").Contains("StoreMissing")), Text("\"$((Get-CaOcspResponder).Warnings)\""));
        Assert.Equal("True", Text("(Get-CaOcspResponder).Ready"));
        _session.Run("[IO.File]::Move(\"$folder/away.db\", \"$folder/ca.db\")");
        Assert.True(Poll(() => _session.Run("(Get-CaOcspResponder).Warnings").Count == 0), Text("\"$((Get-CaOcspResponder).Warnings)\""));
        _session.Run("Get-CaOcspResponder | Stop-CaOcspResponder; [IO.File]::Move(\"$folder/ca.db\", \"$folder/away.db\")");
        Assert.Equal("StoreMissing", _session.ErrorIdOf("Start-CaOcspResponder Root -Port 0"));
    }

    [Fact]
    public void Its_answers_are_shown_as_objects()
    {
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -PassThru; $u = [uri]::new($r.Url, 'ocsp/')");
        Assert.Equal("Good Successful True True", Text("$a = $cert | Test-CaOcspResponder -Uri $u; \"$($a.Status) $($a.ResponseStatus) $($a.Trusted) $($a.NonceEchoed)\""));
        Assert.Equal("Good True /CN=Root OCSP", Text("$a = Test-CaOcspResponder a.example.com -Uri $u -Method Get -DigestAlgorithm Sha256 -NoNonce; \"$($a.Status) $($a.Trusted) $($a.Responder)\""));
        _session.Run("$cert | Export-CaCertificate -Path a.pem; Export-CaAuthority Root -Path root.pem");
        Assert.Equal("Good", Text("(Test-CaOcspResponder -Path a.pem -IssuerPath root.pem -Uri $u).Status"));
        Assert.Equal("OcspUriMissing", _session.ErrorIdOf("$cert | Test-CaOcspResponder"));
        _session.Run("$null = New-CaAuthority Other -KeyType EC; $strange = New-CaCertificate -Authority Other -GenerateKey -KeyPath o.key -Subject /CN=o.example.com");
        Assert.Equal("Unauthorized False", Text("$a = $strange | Test-CaOcspResponder -Uri $u; \"$($a.ResponseStatus) $($a.Trusted)\""));
        _session.Run("$r | Stop-CaOcspResponder");
        Assert.Contains("no usable answer", Text("($cert | Test-CaOcspResponder -Uri $u).Problem"));
        _session.Run("$null = New-CaAuthority Stranger -KeyType EC -StorePath elsewhere.db");
        Assert.Equal("OcspIssuerUnknown", _session.ErrorIdOf("Test-CaOcspResponder -Path a.pem -Uri $u -StorePath elsewhere.db"));
    }

    [Fact]
    public void Responses_are_written_as_files()
    {
        _session.Run("$cert | Suspend-CaCertificate; Export-CaOcspResponse Root -Directory www -WhatIf");
        Assert.False(Directory.Exists(_session.PathOf("www")));
        Assert.Equal(2, _session.Run("$files = Export-CaOcspResponse Root -Directory www -PassThru; $files").Count);
        Assert.Equal("OcspValidityInvalid", _session.ErrorIdOf("Export-CaOcspResponse Root -Directory www -ExpiresIn 0:0:0"));
        Assert.Equal("OcspValidityTooLong", _session.ErrorIdOf("Export-CaOcspResponse Root -Directory www -ExpiresIn 30.00:00:00"));
    }

    [Fact]
    public void It_ends_with_the_module()
    {
        _session.Run("$r = Start-CaOcspResponder -Port 0 -PassThru -UseAuthorityKey");
        int process = (int)_session.Run("$r.ProcessId").Single().BaseObject;
        _session.Run("Remove-Module PSCertAuthority");
        Assert.ThrowsAny<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public void A_host_without_keys_takes_the_certificate_that_it_is_given()
    {
        _session.Run("""
            $null = New-CaCertificate -Authority Root -Profile ocsp -GenerateKey -KeyPath ocsp.key -Subject '/CN=Responder' -ValidDays 30 | Export-CaCertificate -Path ocsp.pem
            Export-CaCrl Root -Format Der -Path root.crl; $serial = (Get-CaAuthority Root).SerialNumber -replace ':'
            """);
        File.Move(Text("(Get-CaAuthority Root).KeyFile"), _session.PathOf("away.key"));
        Assert.Equal("ResponderNothingToServe", _session.ErrorIdOf("Start-CaOcspResponder -Port 0"));
        _session.Run("$r = Start-CaOcspResponder Root -Port 0 -CertificatePath ocsp.pem -KeyPath ocsp.key -CrlPath root.crl -LogPath log.json -PassThru");
        Assert.Equal(File.ReadAllBytes(_session.PathOf("root.crl")), Fetch(new Uri(Text("\"$($r.Url)crl/$($serial)/\""))));
        Assert.Equal("True", Text("$cert | Test-CaCertificate -OcspUri ([uri]::new($r.Url, 'ocsp/')) -Quiet"));
        _session.Run("$r | Stop-CaOcspResponder");
        Assert.Contains("is good until", File.ReadAllText(_session.PathOf("log.json")));
    }

    [Fact]
    public void Files_that_are_of_no_use_are_told_before_anything_runs()
    {
        _session.Run("""
            $null = New-CaCertificate -Authority Root -Profile ocsp -GenerateKey -KeyPath ocsp.key -Subject '/CN=Responder' -ValidDays 30 | Export-CaCertificate -Path ocsp.pem
            $cert | Export-CaCertificate -Path a.pem
            """);
        Assert.Equal("CertificateUnreadable", _session.ErrorIdOf("Start-CaOcspResponder Root -Port 0 -CertificatePath none.pem -KeyPath ocsp.key"));
        Assert.Equal("KeyMismatch", _session.ErrorIdOf("Start-CaOcspResponder Root -Port 0 -CertificatePath ocsp.pem -KeyPath a.key"));
        Assert.Equal("ResponderCertificateUnfit", _session.ErrorIdOf("Start-CaOcspResponder Root -Port 0 -CertificatePath a.pem -KeyPath a.key"));
        Assert.Equal("ResponderCrlMissing", _session.ErrorIdOf("Start-CaOcspResponder Root -Port 0 -CertificatePath ocsp.pem -KeyPath ocsp.key -CrlPath none.crl"));
        Assert.Empty(_session.Run("Get-CaOcspResponder"));
    }

    private static bool Poll(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (condition())
                return true;
            Thread.Sleep(50);
        }

        return false;
    }

    private static byte[] Fetch(Uri uri)
    {
        using var client = new HttpClient();
        return client.GetByteArrayAsync(uri).GetAwaiter().GetResult();
    }

    private string Text(string script) => _session.Run(script).Single().ToString();

    public void Dispose()
    {
        _session.Invoke("Get-CaOcspResponder -ErrorAction SilentlyContinue | Stop-CaOcspResponder");
        _session.Dispose();
    }
}
