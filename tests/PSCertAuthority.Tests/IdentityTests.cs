using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>
/// Every parameter of every cmdlet that names a certificate or an authority takes every form of it, from the pipeline and as an argument, and never
/// another certificate or authority (SPEC, section 1). A new cmdlet is not let pass without a row here.
/// </summary>
public sealed class IdentityTests : IDisposable
{
    private const string Issue = "New-CaCertificate -Authority $target -GenerateKey -KeyPath \"$folder/$([guid]::NewGuid())\" -Subject /CN=issued -Watcher ann@example.com -ValidDays 1";

    /// <summary>Cmdlet and parameter: what is given beside it, and which certificate it worked on, as a serial number.</summary>
    private static readonly Dictionary<string, Call> Certificates = new()
    {
        ["Get-CaCertificate -Identity"] = new("", "$result.SerialNumber"),
        ["Export-CaCertificate -Identity"] = new("", "SerialOf ($result -join '')"),
        ["Revoke-CaCertificate -Identity"] = new("-PassThru", "$result.SerialNumber"),
        ["Suspend-CaCertificate -Identity"] = new("-PassThru", "$result.SerialNumber"),
        ["Resume-CaCertificate -Identity"] = new("-PassThru", "$result.SerialNumber", "$target | Suspend-CaCertificate"),
        ["Update-CaCertificate -Identity"] = new("", "$result.Replaces"),
        ["Test-CaCertificate -Identity"] = new("", "$result.SerialNumber"),
        ["Test-CaOcspResponder -Identity"] = new("-Uri http://127.0.0.1:1/ -TimeoutSeconds 1", "$result.SerialNumber"),
        ["Add-CaWatcher -Identity"] = new("-Watcher bob@example.com -PassThru", "$result.SerialNumber"),
        ["Get-CaWatcher -Identity"] = new("", "$result.SerialNumber"),
        ["Remove-CaWatcher -Identity"] = new("-Watcher ann@example.com -PassThru", "$result.SerialNumber"),
    };

    /// <summary>The same for authorities.</summary>
    private static readonly Dictionary<string, Call> Authorities = new()
    {
        ["Get-CaAuthority -Identity"] = new("", "$result.SerialNumber"),
        ["Set-CaAuthority -Identity"] = new("-Enabled $true -PassThru", "$result.SerialNumber"),
        ["Export-CaAuthority -Identity"] = new("", "SerialOf ($result -join '')"),
        ["Remove-CaAuthority -Identity"] = new("-Force -WarningAction SilentlyContinue", "if (@(Get-CaAuthority -StorePath $b).SerialNumber -notcontains $target.SerialNumber) { $target.SerialNumber }"),
        ["Update-CaAuthority -Identity"] = new("", "if ((Get-CaAuthority $target).SerialNumber -eq $result.SerialNumber) { $target.SerialNumber }"),
        ["Export-CaCrl -Identity"] = new("", "if ((Get-CaAuthority $target).LastCrlNumber -eq 1) { $target.SerialNumber }"),
        ["Export-CaOcspIndex -Identity"] = new("", "if (\"$result\" -match (Digits $issued)) { $target.SerialNumber }", $"$issued = {Issue}"),
        ["Export-CaOcspResponse -Identity"] = new("-Directory \"$folder/$([guid]::NewGuid())\" -PassThru", "if (@($result).Count -eq 2) { $target.SerialNumber }", Issue),
        ["New-CaAuthority -Parent"] = new("\"N$([guid]::NewGuid().ToString('N'))\" -KeyType EC", "(Get-CaAuthority $result.Parent -StorePath $b).SerialNumber"),
        ["New-CaCertificate -Authority"] = new("-GenerateKey -KeyPath \"$folder/$([guid]::NewGuid())\" -Subject /CN=n", "IssuerOf $result"),
        ["Update-CaCertificate -Authority"] = new("$issued", "IssuerOf $result", $"$issued = {Issue}"),
        ["Get-CaCertificate -Authority"] = new("", "IssuerOf $result", Issue),
        ["Import-CaCertificate -Authority"] = new("-Path \"$folder/leaf.pem\"", "IssuerOf $result", "$leaf = LeafOf $target"),
        ["Revoke-CaCertificate -Authority"] = new("-PassThru", "$result.SerialNumber"),
        ["Get-CaWatcher -Authority"] = new("", "IssuerOf (Get-CaCertificate $result)", Issue),
        ["Send-CaExpiryNotification -Authority"] = new("-WhatIf", "if (\"$($result.Certificates.Authority)\" -eq $target.Name) { $target.SerialNumber }", Issue),
    };

    /// <summary>Programs that are started: what they take is what the others take, and their own tests start them.</summary>
    private static readonly string[] Servers = ["Start-CaOcspResponder -Authority", "Start-CaWebInterface -Authority"];

    private readonly ModuleSession _session = new();

    public IdentityTests()
    {
        _session.Run("$PSDefaultParameterValues.Clear(); $PSDefaultParameterValues['*:Confirm'] = $false; $a = \"$folder/ca.db\"; $b = \"$folder/other.db\"");
        _session.Run("""
            function Pass([Parameter(ValueFromPipeline)]$Object) { process { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Object, 1)) } }
            function SerialOf([string]$Pem) { [BitConverter]::ToString([Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($Pem).SerialNumberBytes.ToArray()).Replace('-', ':') }
            function IssuerOf($Certificate) { (Get-CaAuthority $Certificate.Authority -StorePath $Certificate.StorePath).SerialNumber }
            function Platform($Object) { [Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$Object.RawData) }
            function Named($Object) { "$($Object.Subject)" -replace '.*CN=' }
            function Digits($Object) { $Object.SerialNumber.Replace(':', '') }
            function File($Object) { $p = "$folder/$([guid]::NewGuid()).pem"; [IO.File]::WriteAllText($p, $Object.ToPem()); [IO.FileInfo]::new($p) }
            function Row($Object) {
                $cells = [ordered]@{}; $Object.PSObject.Properties | ForEach-Object { $cells[$_.Name] = $_.Value -is [array] ? "$($_.Value.GetType())" : "$($_.Value)" }
                $row = [pscustomobject]$cells; $row.PSTypeNames.Insert(0, "CSV:$($Object.GetType().FullName)"); $row
            }
            function Foreign([byte[]]$Serial, $Name) {
                $key = [Security.Cryptography.ECDsa]::Create(); $d = [DateTimeOffset]::UtcNow
                $q = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
                $q.Create([Security.Cryptography.X509Certificates.X500DistinguishedName]::new('CN=Elsewhere'), [Security.Cryptography.X509Certificates.X509SignatureGenerator]::CreateForECDsa($key), $d.AddDays(-1), $d.AddDays(9), $Serial)
            }
            function LeafOf($Target) {
                $copy = "$folder/$([guid]::NewGuid().ToString('N'))"; [IO.File]::Copy($b, "$copy.db"); $null = [IO.Directory]::CreateDirectory("$copy.keys")
                [IO.Directory]::GetFiles("$folder/other.keys") | ForEach-Object { [IO.File]::Copy($_, "$copy.keys/" + [IO.Path]::GetFileName($_)) }
                New-CaCertificate -Authority $Target.Name -StorePath "$copy.db" -GenerateKey -KeyPath "$copy.key" -Subject /CN=leaf | Export-CaCertificate -Path "$folder/leaf.pem" -Force
            }
            $root = New-CaAuthority Root -KeyType EC -PathLength 3 -StorePath $a; $rootB = New-CaAuthority Root -KeyType EC -PathLength 3 -StorePath $b
            $n = 0
            function Certificate($Store = $a, $Name = "host$((++$script:n)).example.com") {
                New-CaCertificate -Authority Root -StorePath $Store -GenerateKey -KeyPath "$folder/$([guid]::NewGuid())" -Subject /CN=$Name -Watcher ann@example.com
            }
            function Authority($Store = $a, $Name = "Authority$((++$script:n))") { New-CaAuthority $Name -Parent Root -KeyType EC -PathLength 1 -StorePath $Store }
            $decoy = Certificate
            LeafOf $rootB
            """);
    }

    public static TheoryData<string> EveryCertificateParameter() => [.. Certificates.Keys];

    public static TheoryData<string> EveryAuthorityParameter() => [.. Authorities.Keys];

    [Fact]
    public void Every_parameter_that_names_a_certificate_or_an_authority_is_tested_here()
    {
        const string script = "Get-Command -Module PSCertAuthority -CommandType Cmdlet | ForEach-Object { $c = $_; $c.Parameters.Values | Where-Object { $_.ParameterType.Name -match '^TYPE(\\[\\])?$' } | ForEach-Object { \"$($c.Name) -$($_.Name)\" } }";
        string[] Of(string type) => [.. _session.Run(script.Replace("TYPE", type, StringComparison.Ordinal)).Select(name => name.ToString()).Order()];
        Assert.Equal(Of("CertificateIdentity"), Certificates.Keys.Order());
        Assert.Equal(Of("AuthorityIdentity"), Authorities.Keys.Concat(Servers).Order());
    }

    [Fact]
    public void Every_cmdlet_takes_the_store_of_objects_by_property_name()
    {
        Assert.Empty(_session.Run("""
            Get-Command -Module PSCertAuthority -CommandType Cmdlet | Where-Object { $_.Parameters.StorePath -and -not $_.Parameters.StorePath.ParameterSets.Values.ValueFromPipelineByPropertyName } | ForEach-Object Name
            """));
    }

    [Theory]
    [MemberData(nameof(EveryCertificateParameter))]
    public void A_certificate_is_named_in_every_form(string parameter) => AssertForms(parameter, "Certificate", Certificates[parameter], "$target.CommonName");

    [Theory]
    [MemberData(nameof(EveryAuthorityParameter))]
    public void An_authority_is_named_in_every_form(string parameter) => AssertForms(parameter, "Authority", Authorities[parameter], "$target.Name");

    [Theory]
    [MemberData(nameof(EveryCertificateParameter))]
    public void No_form_of_a_certificate_names_another(string parameter) => AssertRefusals(parameter, "Certificate", Certificates[parameter]);

    [Theory]
    [MemberData(nameof(EveryAuthorityParameter))]
    public void No_form_of_an_authority_names_another(string parameter) => AssertRefusals(parameter, "Authority", Authorities[parameter]);

    public void Dispose() => _session.Dispose();

    private void AssertForms(string parameter, string kind, Call call, string name)
    {
        (string Form, bool IsText)[] forms =
        [
            (name, true), ("$target.SerialNumber", true), ("$target.SerialNumber.Replace(':', ' ').ToLower()", true), ("('0x' + (Digits $target))", true),
            ("('00' + (Digits $target))", true), ("(Digits $target).Substring(0, 24)", true), ("$target.Thumbprint", true), ("$target.Sha256Fingerprint", true),
            ("(Platform $target)", true), ("(File $target)", true), ("$target.ToPem()", true), ("[pscustomobject]@{ SerialNumber = (Platform $target).SerialNumber }", true),
            ("$target", false), ("($target | Pass)", false), ("(Row $target)", false), ("([pscustomobject]@{ SerialNumber = $target.SerialNumber; StorePath = $target.StorePath })", false),
        ];
        foreach ((string form, bool isText) in forms)
        {
            // Text needs to be told the store; an object brings it, here one that is not the default.
            AssertHits(parameter, call, $"$target = {kind} $b", form, isText ? "-StorePath $b" : "");
        }
    }

    private void AssertHits(string parameter, Call call, string prepare, string form, string store)
    {
        foreach (string way in Ways(parameter, form, $"{store} {call.Arguments}"))
        {
            _session.Run($"{prepare}; $null = & {{ {call.Setup.Replace("$issued =", "$script:issued =", StringComparison.Ordinal)} }}");
            _session.Run($"$result = {way}");
            string hit = string.Join(' ', _session.Run(call.Hit).Select(o => $"{o}"));
            Assert.True(hit == _session.Run("$target.SerialNumber").Single().ToString(), $"{way}, {form}: hit '{hit}'");
        }
    }

    private void AssertRefusals(string parameter, string kind, Call call)
    {
        string notFound = kind + "NotFound", otherStore = kind + "OfOtherStore";
        string stale = kind == "Certificate"
            ? "$n++; $issuer = Authority $a Old$n; $stale = New-CaCertificate -Authority $issuer -GenerateKey -KeyPath \"$folder/s$n\" -Subject /CN=s; Remove-CaAuthority $issuer -Force -WarningAction SilentlyContinue; $issuer = Authority $a Old$n; $null = New-CaCertificate -Authority $issuer -GenerateKey -KeyPath \"$folder/t$n\" -Subject /CN=s"
            : "$n++; $stale = Authority $a Old$n; Remove-CaAuthority $stale -Force -WarningAction SilentlyContinue; $null = Authority $a Old$n";
        AssertRefused(otherStore, $"$target = {kind} $b", "$target", "-StorePath $a");
        AssertRefused(otherStore, $"$target = {kind} $b", "($target | Pass)", "-StorePath $a");
        AssertRefused(otherStore, $"$copy = \"$folder/$([guid]::NewGuid()).db\"; [IO.File]::Copy($a, $copy); $target = {kind} $a", "$target", "-StorePath $copy");
        AssertRefused(notFound, stale, "$stale", "");
        AssertRefused(notFound, stale, "($stale | Pass)", "");
        AssertRefused(notFound, stale, "(Row $stale)", "");
        AssertRefused(notFound, $"$target = {kind}", "([pscustomobject]@{ SerialNumber = (Digits $target).Substring(0, 8) })", "-StorePath $a");
        AssertRefused("CertificateUnreadable", "[IO.File]::WriteAllText(\"$folder/text.pem\", 'nothing')", "([IO.FileInfo]::new(\"$folder/text.pem\"))", "-StorePath $a");
        // Any certificate is tested, also one from elsewhere.
        if (!parameter.StartsWith("Test-CaCertificate", StringComparison.Ordinal))
        {
            AssertRefused(notFound, $"$target = {kind}", "(Foreign (Platform $target).SerialNumberBytes.ToArray() (Named $target))", "-StorePath $a");
            AssertRefused(notFound, $"$target = {kind}", "(Foreign @((Platform $target).SerialNumberBytes.ToArray()[0]) (Digits $target))", "-StorePath $a");
        }

        string begins = kind == "Certificate" ? "Certificate $a $start" : "New-CaAuthority X$start -Subject /CN=$start -KeyType EC -StorePath $a";
        // Cmdlets that get list them all.
        if (parameter is not ("Get-CaCertificate -Identity" or "Get-CaAuthority -Identity" or "Get-CaWatcher -Identity"))
            AssertRefused(kind + "Ambiguous", $"$target = {kind}; $start = (Digits $target).Substring(0, 20); $null = {begins}", "$start", "-StorePath $a");

        void AssertRefused(string id, string prepare, string form, string store)
        {
            foreach (string way in Ways(parameter, form, $"{store} {call.Arguments.Replace("$issued", "$decoy.SerialNumber", StringComparison.Ordinal)}"))
            {
                _session.Run(prepare);
                string before = Snapshot();
                _session.Invoke($"$null = {way}");
                Assert.True(_session.Errors.Count == 1 && _session.Errors[0].FullyQualifiedErrorId.Split(',')[0] == id, $"{way}, {form}: '{string.Join("; ", _session.Errors)}', not {id}");
                Assert.Equal(before, Snapshot());
            }
        }
    }

    /// <summary>From the pipeline, where that is one, and as an argument: by position, where it has one.</summary>
    private IEnumerable<string> Ways(string parameter, string form, string rest)
    {
        string[] parts = parameter.Split(" -");
        form = $"({form})";
        PSObject[] sets = [.. _session.Run($"(Get-Command {parts[0]}).Parameters['{parts[1]}'].ParameterSets.Values")];
        if (sets.Any(set => (bool)set.Properties["ValueFromPipeline"].Value))
            yield return $"{form} | {parts[0]} {rest}";
        yield return sets.Any(set => (int)set.Properties["Position"].Value == 0) ? $"{parts[0]} {form} {rest}" : $"{parts[0]} -{parts[1]} {form} {rest}";
    }

    private string Snapshot() => string.Join('\n', _session.Run("""
        Get-CaCertificate -StorePath $a -Status Valid, Expired, Revoked, Suspended | ForEach-Object { "$($_.SerialNumber) $($_.Status) $($_.ReplacedBy) $($_.Watchers)" }
        Get-CaAuthority -StorePath $a | ForEach-Object { "$($_.Name) $($_.SerialNumber) $($_.Status) $($_.LastCrlNumber)" }
        """).Select(line => line.ToString()));

    private sealed record Call(string Arguments, string Hit, string Setup = "");
}
