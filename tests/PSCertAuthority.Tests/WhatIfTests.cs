using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>With -WhatIf, what is not there is the same error as without: who reads what would be done can rely on it.</summary>
public sealed class WhatIfTests : IDisposable
{
    /// <summary>Parameters of a text that names something of the store.</summary>
    private static readonly string[] Named = ["Set-CaSetting -Name"];

    private static readonly string[] IdentityTypes = ["CertificateIdentity", "AuthorityIdentity", "ProfileIdentity", "WebUserIdentity", "ServerIdentity"];

    private readonly ModuleSession _session = new();
    private readonly CmdletSurface _surface;

    public WhatIfTests()
    {
        _surface = CmdletSurface.WithRoot(_session);
        _session.Run("$null = New-CaWebUser Root -Role Viewer -Password (&{ $s = [securestring]::new(); 'correct horse battery'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s })");
        _session.Run("$null = New-CaProfile Root");
        _session.Run("Export-CaAuthority Root -Path Root");
    }

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void A_name_that_fits_nothing_and_an_object_that_is_gone_are_errors(string cmdlet)
    {
        if (!_surface.HasConfirm(cmdlet))
            return;
        foreach ((ParameterMetadata parameter, ParameterSetMetadata set, string others) in Identities(cmdlet))
        {
            foreach (string missing in MissingOf(parameter))
                AssertOneError(cmdlet, $"@{{ {With(others, parameter, missing)} }}", missing, "Not");
        }
    }

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void A_store_that_is_missing_is_an_error(string cmdlet)
    {
        // What comes first on a new store makes it; those that work without a store don't look for one.
        if (!_surface.HasConfirm(cmdlet) || cmdlet is "New-CaAuthority" or "Import-CaAuthority" or "Restore-CaStore" or "Set-CaSetting" or "New-CaProfile" or "Set-CaProfile" or "Import-CaProfile"
            or "Stop-CaOcspResponder" or "Stop-CaWebInterface" or "New-CaCertificateRequest")
            return;
        foreach ((ParameterMetadata parameter, _, string others) in _surface.Parameters(cmdlet).Where(p => p.Parameter.Name == "StorePath"))
            AssertOneError(cmdlet, $"@{{ {With(others, parameter, "\"$folder/away/ca.db\"")} }}", "the store", "StoreMissing");
    }

    [Fact]
    public void An_authority_of_a_new_store_can_be_foreseen() => _session.Run("New-CaAuthority First -StorePath new.db -WhatIf; Set-CaSetting DefaultValidDays 90 -StorePath new.db -WhatIf");

    [Theory]
    [InlineData("Set-CaAuthority '*' -Enabled $false")]
    [InlineData("New-CaCertificate -Authority Root -GenerateKey -KeyPath n.key -Subject /CN=n -Profile nope")]
    [InlineData("New-CaAuthority zz -Parent nope")]
    public void What_it_tells_would_be_done(string script)
    {
        _session.Invoke($"{script} -WhatIf");
        Assert.Single(_session.Errors);
    }

    [Fact]
    public void What_is_there_can_be_foreseen() => _session.Run("""
        Set-CaAuthority Root -Enabled $false -WhatIf; Set-CaProfile client -ValidDays 9 -WhatIf; Remove-CaProfile client -WhatIf; Set-CaSetting DefaultValidDays 9 -WhatIf
        New-CaAuthority zz -Parent Root -WhatIf; New-CaCertificate -Authority Root -GenerateKey -KeyPath n.key -Subject /CN=n -Profile client -WhatIf; $certificate | Revoke-CaCertificate -WhatIf
        if ((Get-CaAuthority).Count -ne 1 -or (Get-CaCertificate $certificate).Status -ne 'Valid') { Write-Error changed }
        """);

    private IEnumerable<(ParameterMetadata Parameter, ParameterSetMetadata Set, string Others)> Identities(string cmdlet) =>
        _surface.Parameters(cmdlet).Where(p => Named.Contains($"{cmdlet} -{p.Parameter.Name}") || IdentityTypes.Contains((p.Parameter.ParameterType.GetElementType() ?? p.Parameter.ParameterType).Name));

    private static IEnumerable<string> MissingOf(ParameterMetadata parameter) => (parameter.ParameterType.GetElementType() ?? parameter.ParameterType).Name switch
    {
        "CertificateIdentity" => ["'nope'", "$goneCertificate"],
        "AuthorityIdentity" => ["'nope'", "$goneAuthority"],
        "ProfileIdentity" => ["'nope'", "$goneProfile"],
        "ServerIdentity" => ["18999"],
        _ => ["'nope'"],
    };

    private static string With(string others, ParameterMetadata parameter, string value) => $"{(others.Length > 0 ? others + "; " : string.Empty)}'{parameter.Name}' = {value}";

    private void AssertOneError(string cmdlet, string arguments, string missing, string id)
    {
        if (missing.StartsWith("$gone", StringComparison.Ordinal))
        {
            _session.Run("""
                $goneAuthority = New-CaAuthority Gone -KeyType EC; $goneCertificate = New-CaCertificate -Authority Gone -GenerateKey -KeyPath "$([guid]::NewGuid()).key" -Subject /CN=gone
                Remove-CaAuthority Gone -Force -Confirm:$false -WarningAction SilentlyContinue; $goneProfile = New-CaProfile Gone; Remove-CaProfile Gone -Confirm:$false
                """);
        }

        _session.Invoke($"$given = {arguments}; {cmdlet} @given -WhatIf");
        Assert.True(
            _session.Errors.Count == 1 && _session.Errors[0].FullyQualifiedErrorId.Split(',')[0].Contains(id, StringComparison.Ordinal),
            $"{cmdlet} {arguments}: '{string.Join("; ", _session.Errors.Select(e => $"{e.FullyQualifiedErrorId} {e.Exception.Message}"))}'");
    }

    public void Dispose() => _session.Dispose();
}
