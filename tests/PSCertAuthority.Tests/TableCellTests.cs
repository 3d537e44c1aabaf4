using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The columns of a table that Import-Csv reads: what is refused on the command line is refused in a cell, and is not left out without a word.</summary>
public sealed class TableCellTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly CmdletSurface _surface;

    public TableCellTests() => _surface = CmdletSurface.WithRoot(_session);

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void A_cell_that_is_of_no_use_is_an_error(string cmdlet)
    {
        string asked = _surface.HasConfirm(cmdlet) ? "-WhatIf" : string.Empty;
        foreach ((ParameterMetadata parameter, ParameterSetMetadata set, string others) in _surface.Parameters(cmdlet).Where(p => p.Parameter.ParameterSets.Values.Any(s => s.ValueFromPipelineByPropertyName)))
        {
            _session.Invoke($"$given = @{{ {others} }}; $given['{parameter.Name}'] = 'no such value'; {cmdlet} @given {asked}");
            if (!_session.Errors.Any(error => error.FullyQualifiedErrorId.StartsWith("Parameter", StringComparison.Ordinal) || error.FullyQualifiedErrorId.StartsWith("CannotConvert", StringComparison.Ordinal)))
                continue;
            _session.Invoke($"$given = @{{ {others} }}; [pscustomobject]@{{ '{parameter.Name}' = 'no such value' }} | {cmdlet} @given {asked}");
            Assert.True(_session.Errors.Count > 0, $"{cmdlet} -{parameter.Name} ({others}): a cell 'no such value' is passed over.");
        }
    }

    [Theory]
    [InlineData("ValidDays = 'abc'")]
    [InlineData("ValidDays = '99999999999'")]
    [InlineData("NotAfter = '31.12.2030'")]
    [InlineData("KeyType = 'DSA'")]
    [InlineData("KeySize = 'large'")]
    [InlineData("MustStaple = 'maybe'")]
    [InlineData("ExtendedKeyUsageCritical = 'maybe'")]
    public void Nothing_is_issued_of_a_row_with_such_a_cell(string cell)
    {
        _session.Invoke($"$issued = [pscustomobject]@{{ Subject = '/CN=b.example.com'; KeyPath = 'b.key'; {cell} }}, [pscustomobject]@{{ Subject = '/CN=c.example.com'; KeyPath = 'c.key' }} | New-CaCertificate -Authority Root -GenerateKey");
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Contains(cell.Split('\'')[1], error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("c.example.com", _session.Run("$issued.CommonName").Single().ToString());
    }

    [Theory]
    [InlineData("Export-CaAuthority Root -Path \"a`0b.pem\"")]
    [InlineData("Export-CaAuthority Root -Path ' '")]
    [InlineData("Export-CaCrl Root -Directory \"$([char]0xD800)\"")]
    [InlineData("Backup-CaStore \"a`0b\"")]
    [InlineData("[pscustomobject]@{ Subject = '/CN=b.example.com'; KeyPath = \"b`0.key\" }, [pscustomobject]@{ Subject = '/CN=c.example.com'; KeyPath = 'c.key' } | New-CaCertificate -Authority Root -GenerateKey -OutVariable made | Out-Null")]
    public void A_path_that_no_system_takes_is_an_error_of_its_item(string script)
    {
        Assert.Equal("PathInvalid", _session.ErrorIdOf(script));
        if (script.Contains("made", StringComparison.Ordinal))
            Assert.Equal("c.example.com", _session.Run("$made.CommonName").Single().ToString());
    }

    [Fact]
    public void Empty_cells_are_not_given()
    {
        _session.Run("""
            $issued = [pscustomobject]@{ Subject = '/CN=b.example.com'; KeyPath = 'b.key'; ValidDays = ''; NotAfter = ' '; KeyType = ''; KeySize = ''; MustStaple = ''; Profile = ''; CertificatePolicy = '' } |
                New-CaCertificate -Authority Root -GenerateKey
            """);
        Assert.Equal("webserver EC 256", _session.Run("\"$($issued.Profile) $($issued.KeyType) $($issued.KeySize)\"").Single().ToString());
    }

    [Theory]
    [InlineData("Path = 'a.csr'")]
    [InlineData("RequestPath = 'a.csr'; Profile = 'client'")]
    [InlineData("LiteralPath = 'a.csr'")]
    [InlineData("FullName = $pwd.Path + '/a.csr'; ValidDays = '10'")]
    public void A_row_names_the_file_of_a_request_and_what_is_to_be_in_the_certificate(string cells)
    {
        _session.Run("[IO.File]::WriteAllText(\"$folder/a.csr\", $request.ToPem())");
        Assert.Equal("/CN=d.example.com DNS:d.example.com DNS:e.example.com", _session.Run(
            $"$issued = [pscustomobject]@{{ Subject = '/CN=d.example.com'; SubjectAlternativeName = 'e.example.com'; {cells} }} | New-CaCertificate -Authority Root; \"$($issued.Subject) $($issued.SubjectAlternativeName)\"").Single().ToString());
        Assert.Equal("DNS:f.example.com", _session.Run(
            $"([pscustomobject]@{{ SubjectAlternativeName = 'f.example.com'; {cells} }} | New-CaCertificate -Authority Root).SubjectAlternativeName -join ' '").Single().ToString());
        Assert.Equal("DNS:g.example.com", _session.Run("""
            $file = [psobject]::AsPSObject([IO.FileInfo]::new("$folder/a.csr")); $file.PSObject.Properties.Add([psnoteproperty]::new('SubjectAlternativeName', 'g.example.com'))
            ($file | New-CaCertificate -Authority Root).SubjectAlternativeName -join ' '
            """).Single().ToString());
    }

    [Fact]
    public void A_row_without_a_file_is_not_taken_for_the_name_of_one() =>
        Assert.Contains("has no property that names a file", Assert.Single(_session.Invoke("[pscustomobject]@{ Subject = '/CN=h.example.com' } | New-CaCertificate -Authority Root") is { Count: 0 } ? _session.Errors : []).Exception.Message, StringComparison.Ordinal);

    public void Dispose() => _session.Dispose();
}
