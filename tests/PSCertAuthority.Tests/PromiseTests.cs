using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The promises about authorities and certificates (docs of the seed, and what was added), a test for each.</summary>
public sealed class PromiseTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public PromiseTests() => _session.Run("""
        $root = New-CaAuthority Root -KeyType EC -Subject '/C=AT/CN=Example Root' -CrlUrl http://pki.example.com/root.crl -OcspUrl http://pki.example.com/ocsp -IssuerUrl http://pki.example.com/root.cer
        """);

    [Fact]
    public void An_authority_is_RSA_4096_with_SHA_512_for_3650_days_and_path_length_0_and_named_after_itself()
    {
        _session.Run("$a = New-CaAuthority Defaults");
        Assert.Equal("RSA 4096 sha512 0 /CN=Defaults", Text("\"$($a.KeyType) $($a.KeySize) $($a.DigestAlgorithm) $($a.PathLength) $($a.Subject)\""));
        Assert.Equal("3650", Text("[math]::Round(($a.NotAfter - (Get-CaStore).CreatedAt).TotalDays)"));
    }

    [Theory]
    [InlineData("-KeyType EC", "EC 256")]
    [InlineData("-KeyType EC -KeySize 384", "EC 384")]
    [InlineData("-KeyType EC -KeySize 521", "EC 521")]
    [InlineData("-KeyType Ed25519", "Ed25519 256")]
    [InlineData("-KeyType Ed448", "Ed448 448")]
    [InlineData("-KeySize 2048", "RSA 2048")]
    public void Authorities_have_keys_of_every_kind(string parameters, string key) =>
        Assert.Equal(key, Text($"$a = New-CaAuthority Keyed {parameters}; \"$($a.KeyType) $($a.KeySize)\""));

    [Fact]
    public void RSA_under_2048_is_refused() => Assert.Equal("KeySizeInvalid", _session.ErrorIdOf("New-CaAuthority Weak -KeySize 2040"));

    [Fact]
    public void An_authority_has_the_extensions_of_one()
    {
        _session.Run("$sub = $root | New-CaAuthority Any -KeyType EC -ErrorAction SilentlyContinue; $top = New-CaAuthority Top -KeyType EC -NoPathLengthLimit; $sub = $top | New-CaAuthority Sub -KeyType EC");
        Assert.Equal("", Text("\"$($top.PathLength)\""));
        string[] extensions = Lines("$sub.Extensions");
        Assert.Contains("Basic Constraints (critical): Certificate Authority, path length 0", extensions);
        Assert.Contains("Key Usage (critical): Certificate Sign, CRL Sign", extensions);
        Assert.Equal(
            Text("($top.Extensions | Where-Object Oid -eq '2.5.29.14').Description"), Text("($sub.Extensions | Where-Object Oid -eq '2.5.29.35').Description"));
    }

    [Fact]
    public void Serial_numbers_are_positive_random_and_of_20_octets_at_most()
    {
        _session.Run("$c = 1..20 | ForEach-Object { New-CaCertificate -Authority Root -GenerateKey -KeyPath \"$_.key\" -Subject /CN=h.example.com }");
        string[] serials = [.. _session.Run("$c.SerialNumber").Select(s => s.ToString())];
        Assert.Equal(20, serials.Distinct().Count());
        Assert.All(serials, serial => Assert.True(serial.Split(':').Length <= 20 && Convert.ToByte(serial.Split(':')[0], 16) < 0x80, serial));
        Assert.Equal(20, serials.Select(serial => serial[..11]).Distinct().Count());
    }

    [Fact]
    public void What_is_issued_begins_five_minutes_back() =>
        Assert.InRange(double.Parse(Text("([datetime]::Now - $root.NotBefore).TotalMinutes"), System.Globalization.CultureInfo.CurrentCulture), 5, 7);

    [Fact]
    public void A_spent_path_length_refuses_the_child() => Assert.Equal("PathLengthSpent", _session.ErrorIdOf("$root | New-CaAuthority Below -KeyType EC"));

    [Fact]
    public void URLs_of_its_own_and_of_what_it_issues_are_written_and_the_latter_change_later()
    {
        _session.Run("$own = New-CaAuthority Own -KeyType EC -CaCrlUrl http://a.example/x.crl -CaOcspUrl http://a.example/o -CaIssuerUrl http://a.example/i.cer");
        Assert.Contains("http://a.example/x.crl", string.Join(" ", Lines("$own.Extensions")));
        Assert.Contains("http://a.example/i.cer", string.Join(" ", Lines("$own.Extensions")));
        Assert.Contains("http://pki.example.com/root.crl", string.Join(" ", Lines($"({Leaf("one")}).Extensions")));
        _session.Run("Set-CaAuthority Root -CrlUrl http://new.example.com/root.crl -OcspUrl @() -IssuerAlternativeName http://pki.example.com/");
        string later = string.Join(" ", Lines($"({Leaf("two")}).Extensions"));
        Assert.Contains("http://new.example.com/root.crl", later);
        Assert.Contains("http://pki.example.com/root.cer", later);
        Assert.Contains("Issuer Alternative Name", later);
        Assert.DoesNotContain("/ocsp", later);
        Assert.Equal("UrlInvalid", _session.ErrorIdOf("Set-CaAuthority Root -IssuerUrl nonsense"));
        Assert.Equal("UrlInvalid", _session.ErrorIdOf("New-CaAuthority Other -KeyType EC -CaOcspUrl nonsense"));
    }

    [Fact]
    public void Name_constraints_are_critical_and_what_they_forbid_is_refused()
    {
        _session.Run("$limited = New-CaAuthority Limited -KeyType EC -PathLength 1 -PermittedName DNS:example.com -ExcludedName DNS:secret.example.com");
        Assert.Equal("True", Text("($limited.Extensions | Where-Object Oid -eq '2.5.29.30').Critical"));
        string issue = "New-CaCertificate -Authority Limited -GenerateKey -KeyPath n.key -Force -Subject /CN=";
        Assert.Single(_session.Run(issue + "a.example.com"));
        Assert.Equal("NameForbidden", _session.ErrorIdOf(issue + "a.example.org"));
        Assert.Equal("NameForbidden", _session.ErrorIdOf(issue + "x.secret.example.com"));
        _session.Run("$null = $limited | New-CaAuthority Under -KeyType EC");
        Assert.Equal("NameForbidden", _session.ErrorIdOf(issue.Replace("Limited", "Under") + "a.example.org"));
    }

    [Fact]
    public void Subject_and_extensions_of_a_request_count_only_when_asked_for()
    {
        _session.Run("$csr = New-CaCertificateRequest -Subject '/O=Asked/CN=asked.example.com' -SubjectAlternativeName san.example.com -KeyPath c.key; [IO.File]::WriteAllText(\"$PWD/asked.csr\", $csr.ToPem())");
        Assert.Equal("/CN=given.example.com DNS:given.example.com", Text("$c = New-CaCertificate asked.csr -Authority Root -Subject /CN=given.example.com; \"$($c.Subject) $($c.SubjectAlternativeName)\""));
        Assert.Equal("/O=Asked/CN=given.example.com", Text("(New-CaCertificate asked.csr -Authority Root -Subject /CN=given.example.com -UseRequestSubject).Subject"));
        Assert.Contains("DNS:san.example.com", Text("\"$((New-CaCertificate asked.csr -Authority Root -Subject /CN=given.example.com -UseRequestExtension).SubjectAlternativeName)\""));
    }

    [Fact]
    public void Neither_common_name_nor_alternative_name_is_an_error_and_each_stands_in_for_the_other()
    {
        string issue = "New-CaCertificate -Authority Root -GenerateKey -KeyPath s.key -Force";
        Assert.Equal("NameMissing", _session.ErrorIdOf(issue + " -Subject /O=x"));
        Assert.Equal("/O=x/CN=first.example.com", Text($"({issue} -Subject /O=x -SAN first.example.com, second.example.com).Subject"));
        Assert.Equal("DNS:cn.example.com DNS:san.example.com", Text($"\"$(({issue} -Subject /CN=cn.example.com -SAN san.example.com).SubjectAlternativeName)\""));
        Assert.Equal("DNS:san.example.com", Text($"\"$(({issue} -Subject /CN=cn.example.com -SAN san.example.com -NoCommonNameInSan).SubjectAlternativeName)\""));
        Assert.Equal("", Text($"\"$(({issue} -Subject '/CN=Ann Example' -Profile enduser).SubjectAlternativeName)\""));
    }

    [Theory]
    [InlineData("webserver", "Digital Signature, Key Encipherment", "TLS Server Authentication")]
    [InlineData("server", "Digital Signature, Key Encipherment", "TLS Client Authentication, TLS Server Authentication")]
    [InlineData("client", "Digital Signature", "TLS Client Authentication")]
    [InlineData("enduser", "Digital Signature, Key Encipherment, Data Encipherment", "TLS Client Authentication, E-mail Protection, Code Signing")]
    [InlineData("ocsp", "Digital Signature, Non Repudiation, Key Encipherment", "OCSP Signing")]
    public void Profiles_give_the_usages_of_the_seed(string profile, string keyUsage, string extended)
    {
        _session.Run($"$c = New-CaCertificate -Authority Root -GenerateKey -KeyType RSA -KeySize 2048 -KeyPath p.key -Subject /CN=p.example.com -Profile {profile}");
        Assert.Equal("True False", Text("$k = $c.Extensions | Where-Object Oid -eq '2.5.29.15'; $e = $c.Extensions | Where-Object Oid -eq '2.5.29.37'; \"$($k.Critical) $($e.Critical)\""));
        Assert.Equal(keyUsage, Text("$k.Description"));
        Assert.Equal(extended, Text("$e.Description"));
        Assert.Equal(profile == "ocsp" ? "True" : "False", Text("[bool]($c.Extensions | Where-Object Oid -eq '1.3.6.1.5.5.7.48.1.5')"));
    }

    [Theory]
    [InlineData("EC")]
    [InlineData("Ed25519")]
    [InlineData("Ed448")]
    public void Key_encipherment_is_dropped_for_keys_that_cannot(string type) => Assert.DoesNotContain(
        "Key Encipherment", Text($"$c = New-CaCertificate -Authority Root -GenerateKey -KeyType {type} -KeyPath p.key -Subject /CN=p.example.com; ($c.Extensions | Where-Object Oid -eq '2.5.29.15').Description"));

    [Fact]
    public void Every_leaf_has_the_extensions_of_one()
    {
        string[] oids = [.. _session.Run($"({Leaf("l")}).Extensions.Oid").Select(o => o.ToString())];
        foreach (string oid in new[] { "2.5.29.19", "2.5.29.14", "2.5.29.35", "2.5.29.31", "1.3.6.1.5.5.7.1.1" })
            Assert.Contains(oid, oids);
        Assert.Contains(Lines($"({Leaf("m")}).Extensions"), line => line.StartsWith("Basic Constraints (critical)", StringComparison.Ordinal) && !line.Contains("Authority"));
    }

    [Fact]
    public void Validity_is_730_days_an_end_after_the_authority_names_the_longest_and_a_past_one_is_refused()
    {
        Assert.Equal("730", Text($"$c = {Leaf("v")}; [math]::Round(($c.NotAfter - $c.NotBefore).TotalDays)"));
        _session.Invoke("New-CaCertificate -Authority Root -GenerateKey -KeyPath w.key -Subject /CN=w.example.com -ValidDays 4000");
        Assert.Contains("The longest possible is", _session.Errors.Single().Exception.Message);
        Assert.Contains("that is -ValidDays 36", _session.Errors.Single().Exception.Message);
        Assert.Equal("EndInPast", _session.ErrorIdOf("New-CaCertificate -Authority Root -GenerateKey -KeyPath w.key -Subject /CN=w.example.com -NotAfter 2020-01-01"));
    }

    [Fact]
    public void Listing_hides_the_revoked_and_expired_unless_asked_for_and_filters()
    {
        _session.Run($"$a = {Leaf("a")}; $b = {Leaf("b")}; $b | Revoke-CaCertificate");
        Assert.Equal("a.example.com", Text("(Get-CaCertificate).CommonName"));
        Assert.Equal("2", Text("@(Get-CaCertificate -Revoked).Count"));
        Assert.Equal("b.example.com", Text("(Get-CaCertificate -Status Revoked).CommonName"));
        Assert.Equal("b.example.com", Text("(Get-CaCertificate b.example.com).CommonName"));
        Assert.Equal("a.example.com", Text("(Get-CaCertificate -Profile webserver -Subject *a.example* -SubjectAlternativeName *a.example.com -ExpiringWithin 731 -IssuedAfter ([datetime]::Now.AddHours(-1))).CommonName"));
        Assert.Empty(_session.Run("Get-CaCertificate -ExpiringWithin 10"));
        Assert.Empty(_session.Run("Get-CaCertificate -IssuedAfter ([datetime]::Now.AddHours(1))"));
    }

    [Fact]
    public void A_certificate_shows_what_one_asks_about_it()
    {
        _session.Run("$c = New-CaCertificate -Authority Root -GenerateKey -KeyPath z.key -Subject /CN=z.example.com -Watcher ann@example.com");
        Assert.Equal("Valid DNS:z.example.com ann@example.com", Text("\"$($c.Status) $($c.SubjectAlternativeName) $($c.Watchers)\""));
        Assert.Equal("True", Text("$p = [System.Security.Cryptography.X509Certificates.X509Certificate2] $c; $p.Thumbprint -eq ($c.Sha1Fingerprint -replace ':')"));
        Assert.Equal("95 191", Text("\"$($c.Sha256Fingerprint.Length) $($c.Sha512Fingerprint.Length)\""));
        Assert.Equal("44", Text("$c.PublicKeyPin.Length"));
    }

    private static string Leaf(string name) => $"New-CaCertificate -Authority Root -GenerateKey -KeyPath {name}.key -Subject /CN={name}.example.com";

    private string Text(string script) => _session.Run(script).Single().ToString();

    private string[] Lines(string script) => [.. _session.Run(script).Select(line => line.ToString())];

    public void Dispose() => _session.Dispose();
}
