using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The DSC resources: Set brings about what Test asks for, and a second Set changes nothing.</summary>
public sealed class DscTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public DscTests() => _session.Run($"Import-Module '{ModuleSession.ModulePath}.Dsc'\n" + """
        function New-Resource($Name, $Property) {
            $made = & (Get-Module PSCertAuthority.Dsc) ([scriptblock]::Create("[$Name]::new()"))
            foreach ($key in $Property.Keys) { $made.$key = $Property[$key] }
            if ($made.PSObject.Properties['StorePath']) { $made.StorePath = "$folder/ca.db" }
            $made
        }
        $authority = New-Resource CaAuthority @{ Name = 'Web'; Subject = '/O=Example/CN=Example Web'; KeyType = 'EC'; CrlUrl = 'http://pki.example.com/web.crl'; CertificatePath = "$folder/web-ca.pem" }
        $leaf = New-Resource CaCertificate @{ Path = "$folder/w.pem"; KeyPath = "$folder/w.key"; ChainPath = "$folder/chain.pem"; Authority = 'Web'; Subject = '/CN=w.example.com'
            SubjectAlternativeName = 'www.example.com', 'IP:192.0.2.1'; ValidDays = 90 }
        $crl = New-Resource CaCrl @{ Path = "$folder/web.crl"; Authority = 'Web'; Format = 'Der' }
        """);

    [Fact]
    public void A_second_Set_of_all_changes_nothing()
    {
        Assert.Equal(["False", "False", "False"], Run("$authority.Test(); $leaf.Test(); $crl.Test()"));
        Run("$authority.Set(); $leaf.Set(); $crl.Set()");
        Assert.Equal(["True", "True", "True"], Run("$authority.Test(); $leaf.Test(); $crl.Test()"));
        string before = Snapshot();
        Run("$authority.Set(); $leaf.Set(); $crl.Set()");
        Assert.Equal(before, Snapshot());
        Assert.Equal(["Present", "Valid", "Web", "1", "EC"], Run("$s = $leaf.Get(); \"$($s.Ensure)\"; $s.Status; $s.Authority; $crl.Get().Number; $authority.Get().KeyType"));
    }

    [Fact]
    public void An_authority_gets_back_what_it_is_to_write()
    {
        Run("$authority.Set(); Set-CaAuthority Web -CrlUrl @() -Enabled $false; [IO.File]::Delete(\"$folder/web-ca.pem\")");
        Assert.Equal(["False"], Run("$authority.Test()"));
        Run("$authority.Set()");
        Assert.Equal(["http://pki.example.com/web.crl", "True", "True"], Run("$a = Get-CaAuthority Web; $a.CrlUrl; $a.Enabled; $authority.Test()"));
        Assert.Equal(["0"], Run("$authority.CrlUrl = @(); $authority.Set(); @((Get-CaAuthority Web).CrlUrl).Count"));
    }

    [Theory]
    [InlineData("[IO.File]::Delete($leaf.Path)", true)]
    [InlineData("[IO.File]::Delete($leaf.KeyPath)", true)]
    [InlineData("[IO.File]::WriteAllText($leaf.Path, 'no certificate')", true)]
    [InlineData("Get-CaCertificate | Revoke-CaCertificate", true)]
    [InlineData("$leaf.SubjectAlternativeName += 'api.example.com'", true)]
    [InlineData("$leaf.Subject = '/CN=other.example.com'", true)]
    [InlineData("$leaf.Profile = 'server'", true)]
    [InlineData("$leaf.RenewDaysBefore = 91", true)]
    [InlineData("$leaf.RenewDaysBefore = 91; $leaf.ReuseKey = $true", true)]
    [InlineData("[IO.File]::Delete($leaf.ChainPath)", false)]
    [InlineData("[IO.File]::AppendAllText($leaf.Path, 'x')", false)]
    public void Drift_of_a_certificate_is_found_and_repaired(string drift, bool isIssuedAnew)
    {
        Run("$authority.Set(); $leaf.Set(); $before = $leaf.Get().SerialNumber");
        Run(drift);
        Assert.Equal(["False"], Run("$leaf.Test()"));
        Run("$leaf.Set(); $leaf.RenewDaysBefore = 30");
        Assert.Equal(["True", (!isIssuedAnew).ToString()], Run("$leaf.Test(); $leaf.Get().SerialNumber -eq $before"));
        Assert.Equal(["True"], Run("Test-CaCertificate -Path $leaf.Path -Quiet"));
        Assert.Equal(["True"], Run("""
            $pem = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile($leaf.Path, $leaf.KeyPath); $pem.HasPrivateKey
            """));
    }

    [Fact]
    public void After_a_new_key_the_certificate_stays_until_it_is_due_and_the_new_key_renews_it()
    {
        Run("$authority.Set(); $leaf.Set(); $before = $leaf.Get().SerialNumber; 1..2 | ForEach-Object { $null = Update-CaAuthority Web -NewKey -WarningAction SilentlyContinue }");
        Assert.Equal(["True"], Run("$leaf.Test()"));
        Assert.Equal(["True", "Web", "True"], Run("$leaf.RenewDaysBefore = 91; $leaf.Set(); $new = Get-CaCertificate $leaf.Get().SerialNumber; $new.Replaces -eq $before; $new.Authority; [IO.File]::ReadAllText($leaf.ChainPath).Contains((Get-CaAuthority Web).ToPem().Trim())"));
    }

    [Fact]
    public void The_issuers_go_into_the_file_without_the_root()
    {
        Run("(New-Resource CaAuthority @{ Name = 'Root'; KeyType = 'EC'; PathLength = 1 }).Set(); $authority.Parent = 'Root'; $authority.Set(); $leaf.Set(); $leaf.IncludeChain = $true");
        Assert.Equal(["False", "True"], Run("$leaf.Test(); $leaf.Set(); $leaf.Test()"));
        Assert.Equal(2, File.ReadAllText(_session.PathOf("w.pem")).Split("BEGIN CERTIFICATE").Length - 1);
        Assert.Equal(2, File.ReadAllText(_session.PathOf("chain.pem")).Split("BEGIN CERTIFICATE").Length - 1);
    }

    [Fact]
    public void Absent_revokes_and_removes()
    {
        Run("$authority.Set(); $leaf.Set(); $leaf.Ensure = 'Absent'");
        Assert.Equal(["False"], Run("$leaf.Test()"));
        Run("$leaf.Set()");
        Assert.Equal(["True", "Absent", "Revoked", "CessationOfOperation"], Run("$leaf.Test(); \"$($leaf.Get().Ensure)\"; $c = Get-CaCertificate w.example.com; $c.Status; $c.RevocationReason"));
        Assert.False(File.Exists(_session.PathOf("w.key")) || File.Exists(_session.PathOf("w.pem")) || File.Exists(_session.PathOf("chain.pem")));
        string before = Snapshot();
        Run("$leaf.Set()");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_key_gets_the_mode_and_the_owner_that_are_wanted()
    {
        if (OperatingSystem.IsWindows())
            return;
        Run("$authority.Set(); $leaf.KeyMode = '0640'; $leaf.Owner = (& id -un) + ':' + (& id -gn); $leaf.Set()");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_session.PathOf("w.key")));
        File.SetUnixFileMode(_session.PathOf("w.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal(["False"], Run("$leaf.Test()"));
        Assert.Equal(["True"], Run("$leaf.Set(); $leaf.Test()"));
        Assert.Equal(["False"], Run("$leaf.KeyMode = ''; $leaf.Test()"));
        Assert.Equal(["True"], Run("$leaf.Set(); $leaf.Test()"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_session.PathOf("w.key")));
    }

    [Theory]
    [InlineData("w.key", "ln -s")]
    [InlineData("w.pem", "ln -s")]
    [InlineData("chain.pem", "ln -s")]
    [InlineData("w.key", "ln")]
    [InlineData("w.pem", "ln")]
    public void Links_and_hard_links_are_refused_and_lead_to_nothing(string file, string link)
    {
        if (!OperatingSystem.IsLinux())
            return;
        string victim = Victim();
        Run("$authority.Set(); $leaf.Set(); $before = $leaf.Get().SerialNumber");
        File.WriteAllText(victim, File.ReadAllText(_session.PathOf(file)));
        string content = File.ReadAllText(victim);
        Run($"$leaf.KeyMode = '0644'; $leaf.RenewDaysBefore = 91; [IO.File]::Delete(\"$folder/{file}\"); & {link} '{victim}' \"$folder/{file}\"");
        Assert.Equal(["False"], Run("$leaf.Test()"));
        Assert.Contains(link == "ln" ? "hard links" : "symbolic link", Run("try { $leaf.Set() } catch { \"$_\" }")[0]);
        Assert.Equal(content, File.ReadAllText(victim));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(victim));
        Assert.Equal(["1"], Run("@(Get-CaCertificate).Count"));
    }

    [Theory]
    [InlineData("chmod")]
    [InlineData("chown")]
    [InlineData("stat")]
    public void A_link_that_is_put_there_meanwhile_leads_to_nothing(string command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        string victim = Victim(), folder = Directory.CreateDirectory(_session.PathOf("bin")).FullName, program = Path.Combine(folder, command);
        Run("$authority.Set(); $leaf.Set()");
        // Whoever may write in the folder of the key does this between two steps of ours.
        File.WriteAllText(program, $"#!/bin/sh\ncase \"$*\" in *-L*|*chmod*|*proc*) ln -sf '{victim}' '{_session.PathOf("w.key")}';; esac\nexec /usr/bin/{command} \"$@\"\n");
        File.SetUnixFileMode(program, (UnixFileMode)Convert.ToInt32("755", 8));
        Run($"$leaf.KeyMode = '0644'; $leaf.Owner = (& id -un) + ':' + (& id -gn); $path = $env:PATH; $env:PATH = '{folder}:' + $path; [IO.File]::SetUnixFileMode($leaf.KeyPath, 'UserRead'); try {{ $leaf.Set() }} catch {{ }} finally {{ $env:PATH = $path }}");
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(victim));
        // Nor has its content gone anywhere.
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(victim)!), file => file != victim && new FileInfo(file).LinkTarget is null && File.ReadAllText(file).Contains("precious", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(victim)!, "*.tmp"));
    }

    [Fact]
    public void Another_account_gets_the_files()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return;
        Run("$authority.Set(); $leaf.Owner = 'nobody'; $leaf.KeyMode = '0400'; $leaf.Set()");
        Assert.Equal(["nobody 400", "nobody 644", "nobody 644"], Run("& stat -c '%U %a' $leaf.KeyPath $leaf.Path $leaf.ChainPath"));
        Assert.Equal(["True"], Run("$leaf.Test()"));
    }

    [Theory]
    [InlineData("$leaf.Get() | Out-Null; Get-CaCertificate | Revoke-CaCertificate")]
    [InlineData("$crl.RenewHoursBefore = 25; $crl.ExpiresInHours = 48")]
    [InlineData("[IO.File]::WriteAllText($crl.Path, 'no CRL')")]
    [InlineData("$null = New-CaAuthority Other -KeyType EC; Export-CaCrl Other -Path $crl.Path -Format Der -Force")]
    [InlineData("$crl.Format = 'Pem'")]
    [InlineData("$crl.Delta = $true")]
    public void Drift_of_a_CRL_is_found_and_repaired(string drift)
    {
        Run("$authority.Set(); $leaf.Set(); $crl.Set()");
        Run(drift);
        Assert.Equal(["False"], Run("$crl.Test()"));
        Assert.Equal(["True", "2"], Run("$crl.Set(); $crl.Test(); $crl.Get().Number"));
        Assert.Equal(["True", "2"], Run("$crl.Set(); $crl.Test(); $crl.Get().Number"));
    }

    [Fact]
    public void A_CRL_goes_on_to_be_that_of_the_key_that_signed_it()
    {
        Run("$authority.Set(); $leaf.Set(); $crl.Set(); $null = Update-CaAuthority Web -NewKey; $next = New-Resource CaCrl @{ Path = \"$folder/web-2.crl\"; Authority = 'Web'; Format = 'Der' }; $next.Set()");
        Assert.Equal(["True", "True"], Run("$crl.Test(); $next.Test()"));
        Run("Get-CaCertificate | Revoke-CaCertificate");
        Assert.Equal(["False", "False"], Run("$crl.Test(); $next.Test()"));
        Assert.Equal(["True", "True", "1", "1"], Run("$crl.Set(); $next.Set(); $crl.Test(); $next.Test(); $crl.Get().EntryCount; $next.Get().EntryCount"));
        Assert.Equal(["True", "True"], Run("-not (Get-CaAuthority Web-1).ReadCrl($crl.Path).Problem; -not (Get-CaAuthority Web).ReadCrl($next.Path).Problem"));
    }

    [Fact]
    public void A_failure_says_what_is_wrong()
    {
        Assert.Equal(["AuthorityNotFound"], Run("$authority.Set(); $leaf.Authority = 'Nobody'; try { $leaf.Set() } catch { $_.FullyQualifiedErrorId.Split(',')[0] }"));
        Assert.False(File.Exists(_session.PathOf("w.key")));
    }

    private string[] Run(string script) => [.. _session.Run(script).Select(value => value.ToString())];

    private string Victim()
    {
        string victim = _session.PathOf("victim.txt");
        File.WriteAllText(victim, "precious");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(victim, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return victim;
    }

    private string Snapshot() => string.Join("\n", Directory.EnumerateFiles(_session.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is not (".lock" or ".journal")).Order()
        .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"));

    public void Dispose() => _session.Dispose();
}
