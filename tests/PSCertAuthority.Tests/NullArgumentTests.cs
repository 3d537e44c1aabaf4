using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>A variable that is empty by mistake selects nothing and drops nothing: a parameter that was given as $null is an error, in every cmdlet.</summary>
public sealed class NullArgumentTests : IDisposable
{
    // What PowerShell itself says before the cmdlet begins, where the parameter is mandatory, or no type that can be $null.
    private static readonly string[] Refusals =
    [
        "ArgumentNull", "ParameterArgumentValidationErrorNullNotAllowed", "ParameterArgumentValidationErrorEmptyStringNotAllowed",
        "ParameterArgumentValidationErrorEmptyArrayNotAllowed", "ParameterArgumentValidationError", "ParameterArgumentTransformationError", "ParameterBindingFailed",
    ];

    private readonly ModuleSession _session = new();
    private readonly CmdletSurface _surface;

    public NullArgumentTests() => _surface = CmdletSurface.WithRoot(_session);

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void Every_parameter_refuses_null(string cmdlet)
    {
        string before = Snapshot();
        foreach ((ParameterMetadata parameter, ParameterSetMetadata _, string others) in _surface.Parameters(cmdlet))
        {
            AssertRefused(cmdlet, parameter.Name, "$null", others);
            if (parameter.ParameterType.IsArray)
            {
                AssertRefused(cmdlet, parameter.Name, "@($null)", others);
                // A server comes from the pipeline, and is no text.
                if (parameter.ParameterType.GetElementType()!.Name is not ("OcspResponder" or "WebInterface"))
                    AssertRefused(cmdlet, parameter.Name, $"@({CmdletSurface.ValueOf(parameter)}, $null)", others);
            }
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void Null_from_the_pipeline_is_an_error(string cmdlet)
    {
        string before = Snapshot();
        foreach ((ParameterMetadata parameter, ParameterSetMetadata set, string others) in _surface.Parameters(cmdlet).Where(p => p.Set.ValueFromPipeline))
        {
            Assert.Empty(_session.Invoke($"$given = @{{ {others} }}; $null | {cmdlet} @given -Confirm:$false"));
            Assert.True(_session.Errors.Count > 0, $"{cmdlet}: $null for -{parameter.Name} from the pipeline is no error.");
        }

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Nothing_is_revoked_and_no_key_is_left_without_its_password()
    {
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("Get-CaCertificate -Authority $notThere | Revoke-CaCertificate"));
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("New-CaAuthority Guarded -KeyType EC -Password $notThere"));
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("$given = @{ Authority = $null }; Get-CaCertificate @given"));
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("$PSDefaultParameterValues['Get-CaCertificate:Profile'] = $null; try { Get-CaCertificate } finally { $PSDefaultParameterValues.Remove('Get-CaCertificate:Profile') }"));
        Assert.Equal("1 Valid", Text("$all = @(Get-CaCertificate); \"$($all.Count) $($all.Status)\""));
        Assert.Equal("Root", Text("(Get-CaAuthority).Name"));
    }

    [Fact]
    public void A_pipeline_without_an_authority_serves_none() =>
        Assert.Equal("ResponderNoAuthorityGiven", _session.ErrorIdOf("@() | Start-CaOcspResponder -Port 0"));

    [Theory]
    [InlineData("Get-CaCertificate -Status @()")]
    [InlineData("Get-CaAuditRecord -Act @()")]
    [InlineData("Get-CaWebUser -Role @()")]
    [InlineData("Get-CaProfile -Name @()")]
    [InlineData("Get-CaSetting -Name @()")]
    [InlineData("Get-CaWatcher -Identity @()")]
    [InlineData("Get-CaCertificateExtension $certificate -Name @()")]
    [InlineData("Send-CaExpiryNotification -Days @()")]
    [InlineData("Start-CaOcspResponder -Authority @()")]
    [InlineData("Export-CaCrl Root -OnlyReason @()")]
    [InlineData("Export-CaOcspResponse Root -Directory r -DigestAlgorithm @()")]
    public void A_filter_that_is_empty_does_not_select_everything(string script)
    {
        Assert.Empty(_session.Invoke(script));
        Assert.StartsWith("ParameterArgumentValidationError", _session.Errors.Single().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_empty_on_purpose_goes_on_to_work()
    {
        _session.Run("Set-CaAuthority Root -CrlUrl http://a.example.com/a.crl; Set-CaAuthority Root -CrlUrl @()");
        Assert.Equal("0", Text("@((Get-CaAuthority Root).CrlUrl).Count"));
        _session.Run("Set-CaProfile client -Description 'x'; Set-CaProfile client -Description ''");
        Assert.Equal("", Text("(Get-CaProfile client).Description"));
        _session.Run("Set-CaSetting DefaultSubject /O=Example; Set-CaSetting DefaultSubject ''");
        Assert.Equal("client", Text("""
            [pscustomobject]@{ KeyPath = 'b.key'; Subject = '/CN=b.example.com'; ValidDays = ''; NotAfter = ''; Profile = 'client'; KeySize = ''; MustStaple = ''; Watcher = '' } |
                New-CaCertificate -Authority Root -GenerateKey | ForEach-Object Profile
            """));
    }

    private void AssertRefused(string cmdlet, string parameter, string value, string others)
    {
        string call = $"$given = @{{ {others} }}; $given['{parameter}'] = {value}; {cmdlet} @given -Confirm:$false";
        // -Confirm exists where something changes.
        Collection<PSObject> output = _session.Invoke(_surface.HasConfirm(cmdlet) ? call : call.Replace(" -Confirm:$false", string.Empty));
        Assert.True(output.Count == 0 && _session.Errors.Count == 1, $"{cmdlet} -{parameter} {value} ({others}): {output.Count} objects, {string.Join(", ", _session.Errors.Select(e => e.FullyQualifiedErrorId))}");
        ErrorRecord error = _session.Errors.Single();
        Assert.True(Refusals.Contains(error.FullyQualifiedErrorId.Split(',')[0]), $"{cmdlet} -{parameter} {value} ({others}): {error.FullyQualifiedErrorId} {error.Exception.Message}");
        Assert.Equal(parameter, error.Exception is ParameterBindingException binding ? binding.ParameterName : error.TargetObject);
    }

    private string Text(string script) => _session.Run(script).Single().ToString();

    private string Snapshot() => string.Join("\n", Directory.EnumerateFiles(_session.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is not (".lock" or ".journal")).Order()
        .Select(path => $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"));

    public void Dispose() => _session.Dispose();
}
