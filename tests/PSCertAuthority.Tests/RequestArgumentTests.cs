using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>A request binds in every form: by position as from the pipeline.</summary>
public sealed class RequestArgumentTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public RequestArgumentTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $request = New-CaCertificateRequest /CN=a.example.com -KeyPath a.key -Path a.csr
        $file = [IO.FileInfo]"$PWD/a.csr"
        $text = $request.ToPem()
        $lines = [IO.File]::ReadAllLines($file)
        $deserialized = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($request))
        $old = $request | New-CaCertificate -Authority Root
        """);

    public static TheoryData<string> Forms =>
    [
        "$request", "$file", "'a.csr'", "'*.csr'", "$file.FullName", "$text", "$text.Replace('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')", "('some text' + [char]10 + $text)",
        "$lines", "(@('Certificate Request:', '    Data:') + $lines)", "$deserialized", "$request.RawData", "([Text.Encoding]::ASCII.GetBytes($text))",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_binds_by_position(string form) => AssertIssued($"New-CaCertificate {form} -Authority Root -UseRequestSubject");

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_binds_from_the_pipeline(string form)
    {
        // The text before a request is none, and lines come one by one.
        if (!form.Contains("Data:", StringComparison.Ordinal))
            AssertIssued($"{(form.Contains("Bytes", StringComparison.Ordinal) || form.Contains("RawData", StringComparison.Ordinal) ? "," : string.Empty)}{form} | New-CaCertificate -Authority Root -UseRequestSubject");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_brings_the_new_key_of_a_renewal(string form)
    {
        if (!form.Contains('*', StringComparison.Ordinal))
            AssertIssued($"$old | Update-CaCertificate -Request {form}");
    }

    [Theory]
    [InlineData("'a.csr'")]
    [InlineData("$file")]
    [InlineData("$text")]
    public void A_renewal_takes_a_path_or_text(string form) => AssertIssued($"$old | Update-CaCertificate -RequestPath {form}");

    [Fact]
    public void Two_files_read_line_by_line_are_two_requests() =>
        Assert.Equal(2, _session.Run("$lines + $lines | New-CaCertificate -Authority Root -UseRequestSubject").Count);

    [Theory]
    [InlineData("New-CaCertificate $text.Replace('MI', 'MJ') -Authority Root", "RequestDamaged")]
    [InlineData("New-CaCertificate $lines[0..3] -Authority Root", "RequestInvalid")]
    [InlineData("$lines[0..3] | New-CaCertificate -Authority Root", "RequestInvalid")]
    [InlineData("New-CaCertificate ([byte[]](1, 2, 3)) -Authority Root", "ParameterArgumentTransformationError")]
    [InlineData("$old | Update-CaCertificate -Request missing.csr", "ParameterArgumentTransformationError")]
    [InlineData("New-CaCertificate missing.csr -Authority Root", "PathNotFound")]
    public void What_is_no_request_is_an_error(string script, string id)
    {
        Assert.Equal(id, _session.ErrorIdOf(script));
        Assert.Single(_session.Run("Get-CaCertificate"));
    }

    private void AssertIssued(string script)
    {
        Collection<PSObject> issued = _session.Run(script);
        Assert.Equal("/CN=a.example.com", issued.Single().Properties["Subject"].Value);
        Assert.Equal(_session.Run("$request.PublicKeyPin").Single().ToString(), issued.Single().Properties["PublicKeyPin"].Value);
    }

    public void Dispose() => _session.Dispose();
}
