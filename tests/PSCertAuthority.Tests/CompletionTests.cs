using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Tab completes every parameter with a known domain, and says what each choice is.</summary>
public sealed class CompletionTests : IDisposable
{
    /// <summary>Parameters whose values are known: by what the store has, or by a standard.</summary>
    private static readonly string[] KnownDomains =
    [
        "Account", "Address", "Authority", "CertificatePolicy", "CopyFrom", "Days", "DistributionPoint", "ExcludedName", "ExtendedKeyUsage",
        "Identity", "IssuerAlternativeName", "KeySize", "KeyUsage", "MinimumRsaSize", "NamePattern", "OcspUri", "Parent", "PermittedName",
        "Profile", "Purpose", "SubjectAlternativeName", "Uri", "Value", "Watcher",
    ];

    private static readonly string[] FilterParameters = ["Get-CaCertificate -SubjectAlternativeName"];

    private readonly ModuleSession _session = new();

    public CompletionTests() => _session.Run("""
        $null = New-CaAuthority 'My Root' -KeyType EC -CrlUrl http://pki.example.com/root.crl
        $c = New-CaCertificate -Authority 'My Root' -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -Watcher 'Ann Example <ann@example.com>'
        $h = New-CaCertificate -Authority 'My Root' -GenerateKey -KeyPath h.key -Subject /CN=h.example.com
        $h | Suspend-CaCertificate
        """);

    [Fact]
    public void Every_parameter_with_a_known_domain_has_a_completer_or_a_set()
    {
        foreach ((CmdletInfo command, ParameterMetadata parameter) in Parameters())
        {
            Type type = Element(parameter.ParameterType);
            bool isKnown = KnownDomains.Contains(parameter.Name) || type.Name is "AuthorityIdentity" or "CertificateIdentity"
                || (parameter.Name == "Name" && command.Noun is "CaProfile" or "CaSetting" or "CaWebUser" && command.Verb is not "New")
                || (parameter.Name == "Port" && command.Verb is "Get" or "Stop" && command.Noun == "CaOcspResponder");
            string line = $"{command.Name} -{parameter.Name}";
            if (isKnown && !FilterParameters.Contains(line))
                Assert.True(type.IsEnum || parameter.Attributes.Any(a => a is ArgumentCompleterAttribute or ValidateSetAttribute), $"{line} completes nothing.");
        }
    }

    [Fact]
    public void Every_identity_takes_deserialized_objects_too()
    {
        foreach ((CmdletInfo command, ParameterMetadata parameter) in Parameters())
        {
            if (Element(parameter.ParameterType).Name is "AuthorityIdentity" or "CertificateIdentity" or "CaCertificateRequest")
                Assert.True(parameter.Attributes.Any(a => a is ArgumentTransformationAttribute), $"{command.Name} -{parameter.Name} takes no deserialized object.");
        }
    }

    [Theory]
    [InlineData("Get-CaAuthority -Identity M", "'My Root'", "/CN=My Root, until ")]
    [InlineData("New-CaAuthority x -Parent ", "'My Root'", "(Valid)")]
    [InlineData("Revoke-CaCertificate -Identity a.", "a.example.com", "/CN=a.example.com, My Root, until ")]
    [InlineData("Resume-CaCertificate h", "h.example.com", "(Suspended)")]
    [InlineData("New-CaCertificate -Profile w", "webserver", "A web server. (serverAuth)")]
    [InlineData("Set-CaProfile -Restore -Name o", "ocsp", "OCSP")]
    [InlineData("New-CaProfile x -CopyFrom cl", "client", "client")]
    [InlineData("Get-CaSetting MailP", "MailPort", "port")]
    [InlineData("Set-CaSetting MailSecurity S", "StartTls", "TLS")]
    [InlineData("Set-CaSetting DigestAlgorithm Sha2", "Sha256", "SHA-256")]
    [InlineData("Set-CaSetting DefaultProfile cl", "client", "client")]
    [InlineData("Add-CaWatcher a.example.com -Watcher Ann", "'Ann Example <ann@example.com>'", "watches /CN=a.example.com")]
    [InlineData("Get-CaWatcher -Watcher ann", "'Ann Example <ann@example.com>'", "watches")]
    [InlineData("Get-CaAuditRecord -Account ", null, "acts on")]
    [InlineData("New-CaAuthority x -KeyType RSA -KeySize ", "2048", "RSA")]
    [InlineData("New-CaCertificate -GenerateKey -KeyType EC -KeySize 3", "384", "P-384")]
    [InlineData("New-CaProfile x -MinimumRsaSize 3", "3072", "RSA")]
    [InlineData("New-CaCertificate -KeyUsage digital", "digitalSignature", null)]
    [InlineData("New-CaCertificate -ExtendedKeyUsage serv", "serverAuth", "1.3.6.1.5.5.7.3.1")]
    [InlineData("Test-CaCertificate x -Purpose code", "codeSigning", "1.3.6.1.5.5.7.3.3")]
    [InlineData("New-CaCertificate -CertificatePolicy dom", "domain-validated", "2.23.140.1.2.1")]
    [InlineData("New-CaCertificate -SubjectAlternativeName D", "DNS:", "host")]
    [InlineData("New-CaAuthority x -PermittedName I", "IP:", "network")]
    [InlineData("Get-CaCertificateExtension x -Name 'Key ", "'Key Usage'", "2.5.29.15")]
    [InlineData("Export-CaCertificate x -Directory d -NamePattern ", "'{CommonName}'", "common name")]
    [InlineData("Export-CaCrl 'My Root' -DistributionPoint ", "http://pki.example.com/root.crl", "My Root")]
    [InlineData("Send-CaExpiryNotification 1", "14", "14 days")]
    [InlineData("Start-CaOcspResponder -Address 1", "127.0.0.1", "this machine")]
    public void The_line_is_completed_with_a_tool_tip(string line, string? text, string? toolTip)
    {
        CompletionResult[] matches = Complete(line);
        CompletionResult match = text is null ? matches.First() : Assert.Single(matches.Where(m => m.CompletionText == text).Take(1));
        Assert.NotEqual(match.ListItemText, match.ToolTip);
        Assert.Contains(toolTip ?? string.Empty, match.ToolTip);
    }

    [Theory]
    [InlineData("Revoke-CaCertificate x -Reason Key", "KeyCompromise")]
    [InlineData("New-CaAuthority x -KeyType Ed2", "Ed25519")]
    [InlineData("New-CaAuthority x -DigestAlgorithm Sha3", "Sha384")]
    [InlineData("Export-CaCertificate x -Format Pkcs1", "Pkcs12")]
    [InlineData("Get-CaAuditRecord CertificateRev", "CertificateRevoked")]
    [InlineData("Get-CaCertificate -Status Susp", "Suspended")]
    public void Enumerations_complete_by_PowerShell_itself(string line, string text) => Assert.Contains(text, Complete(line).Select(match => match.CompletionText));

    [Fact]
    public void A_relative_store_in_the_line_is_read_from_the_current_location()
    {
        _session.Run("$PSDefaultParameterValues.Clear()");
        Assert.Equal("'My Root'", Assert.Single(Complete("Get-CaAuthority -StorePath ./ca.db -Identity ")).CompletionText);
        Assert.Equal("'My Root'", Assert.Single(Complete("Get-CaAuthority -StorePath ca.db -Identity ")).CompletionText);
    }

    [Fact]
    public void Every_pattern_that_is_offered_is_one_that_is_taken()
    {
        foreach (CompletionResult pattern in Complete("Export-CaCertificate x -Directory d -NamePattern "))
            _session.Run($"$c | Export-CaCertificate -Directory patterns -Force -NamePattern {pattern.CompletionText}");
        foreach (CompletionResult pattern in Complete("Export-CaAuthority x -Directory d -NamePattern "))
            _session.Run($"Get-CaAuthority | Export-CaAuthority -Directory patterns -Force -NamePattern {pattern.CompletionText}");
    }

    [Fact]
    public void A_store_that_is_none_completes_nothing_and_says_nothing()
    {
        _session.Run("[IO.File]::WriteAllText(\"$folder/none.db\", 'no store')");
        Assert.DoesNotContain("My Root", Complete("Get-CaAuthority -StorePath none.db -Identity ").Select(match => match.ListItemText));
    }

    private CompletionResult[] Complete(string line) => _session.CompleteWithToolTips(line);

    private IEnumerable<(CmdletInfo Command, ParameterMetadata Parameter)> Parameters() =>
        from command in _session.Run("Get-Command -Module PSCertAuthority").Select(found => (CmdletInfo)found.BaseObject)
        from parameter in command.Parameters.Values
        select (command, parameter);

    private static Type Element(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    public void Dispose() => _session.Dispose();
}
