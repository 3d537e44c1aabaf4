using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The settings of SPEC section 7.</summary>
public sealed class SettingTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void The_defaults_are_those_of_the_seed()
    {
        _session.Run("$null = New-CaProfile own");
        Assert.Equal(
            ["DefaultValidDays = 730", "DefaultProfile = webserver", "DefaultSubject = ", "MaximumNames = 100", "DigestAlgorithm = Sha512", "KeyDirectory = ",
                "NotificationDays = 14, 7, 3, 1", "ServeCrl = True", "MailServer = ", "MailPort = 587", "MailSecurity = StartTls", "MailCredential = ", "MailSender = "],
            _session.Run("Get-CaSetting").Select(s => s.ToString()));
    }

    [Fact]
    public void DefaultValidDays_and_DefaultSubject_and_DefaultProfile_shape_what_is_issued()
    {
        _session.Run("""
            $null = New-CaAuthority Root -KeyType EC
            Set-CaSetting DefaultValidDays 90
            Set-CaSetting DefaultSubject /C=AT/O=Example
            Set-CaSetting DefaultProfile CLIENT
            """);
        PSObject certificate = _session.Run("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /O=Other/CN=a.example.com").Single();
        Assert.Equal("/C=AT/O=Other/CN=a.example.com", certificate.Properties["Subject"].Value);
        Assert.Equal("client", certificate.Properties["Profile"].Value);
        Assert.Equal(90, (int)Math.Round(((DateTime)certificate.Properties["NotAfter"].Value - DateTime.Now).TotalDays));
        Assert.Equal("/O=Example/CN=b.example.com", _session.Run("New-CaCertificate -Authority Root -GenerateKey -KeyPath b.key -Subject /C=/CN=b.example.com").Single().Properties["Subject"].Value);
    }

    [Fact]
    public void DigestAlgorithm_is_that_of_new_rsa_authorities()
    {
        _session.Run("Set-CaSetting DigestAlgorithm sha256; $a = New-CaAuthority A -KeySize 2048; $b = New-CaAuthority B -KeySize 2048 -DigestAlgorithm Sha384");
        Assert.Equal(["sha256RSA", "sha384RSA"], _session.Run("([Security.Cryptography.X509Certificates.X509Certificate2]$a).SignatureAlgorithm.FriendlyName; ([Security.Cryptography.X509Certificates.X509Certificate2]$b).SignatureAlgorithm.FriendlyName").Select(n => n.ToString()));
    }

    [Fact]
    public void KeyDirectory_takes_the_keys_of_new_authorities_and_old_ones_stay()
    {
        string folder = _session.PathOf("elsewhere");
        _session.Run($"$null = New-CaAuthority Old -KeyType EC; Set-CaSetting KeyDirectory '{folder}'; $null = New-CaAuthority New -KeyType EC");
        Assert.Single(Directory.EnumerateFiles(folder));
        Assert.Single(Directory.EnumerateFiles(_session.PathOf("ca.keys")));
        Assert.Equal(2, _session.Run("'Old', 'New' | ForEach-Object { New-CaCertificate -Authority $_ -GenerateKey -KeyPath \"$_.key\" -Subject /CN=a.example.com }").Count);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void A_mail_password_is_never_readable_in_the_store()
    {
        _session.Run("""
            $password = [securestring]::new(); 'Tr0ub4dor&3'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            Set-CaSetting MailCredential ([pscredential]::new('mailer', $password)) -Verbose
            """);
        Assert.DoesNotContain(_session.Verbose, line => line.Contains("Tr0ub4dor"));
        Assert.Equal("mailer", _session.Run("(Get-CaSetting MailCredential).Value").Single().ToString());
        Assert.All(Directory.EnumerateFiles(_session.Folder, "*", SearchOption.AllDirectories), path =>
        {
            string content = Encoding.Latin1.GetString(File.ReadAllBytes(path));
            Assert.DoesNotContain("Tr0ub4dor", content);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("Tr0ub4dor&3")), content);
        });
        Assert.DoesNotContain("Tr0ub4dor", string.Concat(_session.Run("Get-CaAuditRecord").Select(r => r.ToString())));
    }

    [Theory]
    [InlineData("Set-CaSetting DefaultValidDays 0")]
    [InlineData("Set-CaSetting DefaultValidDays many")]
    [InlineData("Set-CaSetting DefaultValidDays 1, 2")]
    [InlineData("Set-CaSetting DefaultSubject /XX=1")]
    [InlineData("Set-CaSetting DigestAlgorithm md5")]
    [InlineData("Set-CaSetting DigestAlgorithm 1")]
    [InlineData("Set-CaSetting KeyDirectory keys")]
    [InlineData("Set-CaSetting NotificationDays 14, -1")]
    [InlineData("Set-CaSetting ServeCrl maybe")]
    [InlineData("Set-CaSetting MailServer 'smtp example'")]
    [InlineData("Set-CaSetting MailPort 65536")]
    [InlineData("Set-CaSetting MailSecurity ssl3")]
    [InlineData("Set-CaSetting MailCredential mailer")]
    [InlineData("Set-CaSetting MailSender nobody")]
    public void What_a_setting_cannot_be_is_refused(string script)
    {
        Assert.Equal("SettingInvalid", _session.ErrorIdOf(script));
        Assert.False(File.Exists(_session.PathOf("ca.db")));
    }

    [Fact]
    public void Unknown_names_are_refused()
    {
        _session.Run("$null = New-CaProfile own");
        Assert.Equal("SettingNotFound", _session.ErrorIdOf("Get-CaSetting Colour"));
        Assert.Equal("SettingNotFound", _session.ErrorIdOf("Set-CaSetting Colour red"));
        Assert.Equal("ProfileNotFound", _session.ErrorIdOf("Set-CaSetting DefaultProfile nobody"));
    }

    [Fact]
    public void Settings_pipe_from_one_store_into_another_and_reset()
    {
        _session.Run("""
            Set-CaSetting NotificationDays 30, 7, 30, 60
            Set-CaSetting MailSender 'CA Team <ca@example.com>'
            Get-CaSetting | Where-Object { -not $_.IsDefault } | Set-CaSetting -StorePath "$folder/other.db"
            """);
        Assert.Equal(["60, 30, 7", "CA Team <ca@example.com>"], _session.Run("(Get-CaSetting NotificationDays -StorePath \"$folder/other.db\").Value -join ', '; (Get-CaSetting MailSender -StorePath \"$folder/other.db\").Value").Select(v => v.ToString()));
        PSObject reset = _session.Run("Set-CaSetting NotificationDays -Reset -PassThru").Single();
        Assert.Equal("NotificationDays = 14, 7, 3, 1", reset.ToString());
        Assert.Equal(true, reset.Properties["IsDefault"].Value);
    }

    [Fact]
    public void Names_and_values_are_completed_and_WhatIf_changes_nothing()
    {
        Assert.Equal(["MailServer", "MailSecurity", "MailSender"], _session.Complete("Set-CaSetting MailSe"));
        Assert.Equal(["StartTls"], _session.Complete("Set-CaSetting MailSecurity S"));
        Assert.Equal(["webserver"], _session.Complete("Set-CaSetting DefaultProfile w"));
        _session.Run("Set-CaSetting MailPort 25 -WhatIf");
        Assert.False(File.Exists(_session.PathOf("ca.db")));
    }

    public void Dispose() => _session.Dispose();
}
