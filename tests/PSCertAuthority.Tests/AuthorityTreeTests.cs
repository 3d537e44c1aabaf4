using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Get-CaAuthority -Tree.</summary>
public sealed class AuthorityTreeTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void Each_authority_stands_above_those_that_it_issued()
    {
        _session.Run("""
            foreach ($root in 'Zeta', 'Alpha') { $null = New-CaAuthority $root -KeyType EC -PathLength 2 }
            $null = New-CaAuthority Middle -Parent Zeta -KeyType EC -PathLength 1
            $null = New-CaAuthority Below -Parent Middle -KeyType EC
            $null = New-CaAuthority Another -Parent Zeta -KeyType EC
            """);
        Assert.Equal(["Alpha 0", "Zeta 0", "Another 1", "Middle 1", "Below 2"],
            _session.Run("Get-CaAuthority -Tree | ForEach-Object { \"$($_.Name) $($_.Depth)\" }").Select(o => o.ToString()));
        Assert.Equal("4", _session.Run("Get-CaAuthority -Tree | Where-Object Depth -gt 0 | Set-CaAuthority -Enabled $false; @(Get-CaAuthority | Where-Object Enabled).Count + @(Get-CaAuthority | Where-Object Depth -eq 0).Count").Single().ToString());
        Assert.Equal("PositionalParameterNotFound", _session.ErrorIdOf("Get-CaAuthority Zeta -Tree"));
    }

    public void Dispose() => _session.Dispose();
}
