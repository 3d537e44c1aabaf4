using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What names a profile in each cmdlet that takes one: that very profile, never what was added anew under the name, nor one of another store.</summary>
public sealed class ProfileIdentityTests : IDisposable
{
    private static readonly string[] Objects = ["$p", "$clixml", "$csv"];

    private readonly ModuleSession _session = new();

    public ProfileIdentityTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC; $null = New-CaAuthority Root -KeyType EC -StorePath "$folder/other.db"
        $PSDefaultParameterValues.Remove('*-Ca*:StorePath'); $here = @{ StorePath = "$folder/ca.db" }; $there = @{ StorePath = "$folder/other.db" }
        $p = New-CaProfile lab -ValidDays 10 -KeyUsage digitalSignature @here; $null = New-CaProfile lab -ValidDays 20 -KeyUsage digitalSignature @there
        $clixml = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($p, 1))
        $csv = [pscustomobject]@{ Name = $p.Name; MinimumRsaSize = "$($p.MinimumRsaSize)"; Id = "$($p.Id)"; StorePath = $p.StorePath }
        $number = 0
        function Issue($Profile) {
            $script:number++
            New-CaCertificate -Profile $Profile @args -Authority Root -GenerateKey -KeyType EC -KeyPath "$folder/$number.key" -Subject "/CN=h$number.example.com"
        }
        """);

    public static TheoryData<string> Cmdlets =>
        ["Get-CaProfile {0}", "Set-CaProfile {0} -Enabled $true", "Export-CaProfile {0}", "New-CaProfile new -CopyFrom {0}", "Remove-CaProfile {0}", "Issue {0}", "Get-CaCertificate -Profile {0}"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void One_of_another_store_is_looked_for_there_and_refused_here(string cmdlet)
    {
        foreach (string name in Objects)
            Assert.Equal((name, "ProfileOfOtherStore"), (name, _session.ErrorIdOf(string.Format(null, cmdlet, name) + " @there")));
        _session.Run(string.Format(null, cmdlet, "$clixml"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_was_added_anew_under_the_name_is_another_profile(string cmdlet)
    {
        _session.Run("Remove-CaProfile lab @here; $null = New-CaProfile LAB -ValidDays 30 -KeyUsage digitalSignature @here");
        foreach (string name in Objects)
            Assert.Equal((name, "ProfileNotFound"), (name, _session.ErrorIdOf(string.Format(null, cmdlet, name))));
        Assert.Equal("30", Text("(Get-CaProfile lab @here).ValidDays"));
    }

    [Fact]
    public void Objects_bind_from_the_pipeline_and_carry_their_store()
    {
        foreach (string name in Objects.Append("[pscustomobject]@{ Name = 'lab'; StorePath = $here.StorePath }"))
            Assert.Equal("10", Text($"({name} | Get-CaProfile).ValidDays"));
        Assert.Equal("11 20", Text("$p | Set-CaProfile -ValidDays 11; (Get-CaProfile lab @here).ValidDays; (Get-CaProfile lab @there).ValidDays"));
        Assert.Equal("30", Text("(Get-CaProfile webserver @there | Set-CaProfile -ValidDays 30 -PassThru).ValidDays"));
        Assert.Equal("True", Text("$null -eq (Get-CaProfile webserver @here).ValidDays"));
        _session.Run("Get-CaProfile lab @there | Remove-CaProfile");
        Assert.Equal("lab", Text("(Get-CaProfile lab @here).Name"));
        Assert.Equal("ProfileNotFound", _session.ErrorIdOf("Get-CaProfile lab @there"));
    }

    [Fact]
    public void A_change_and_an_import_leave_the_profile_what_it_was()
    {
        _session.Run("$p | Set-CaProfile -ValidDays 12; $p | Export-CaProfile -Path lab.json; Import-CaProfile lab.json @here");
        Assert.Equal("12", Text("($p | Get-CaProfile).ValidDays"));
        Assert.Equal("lab", Text("(Issue $p).Profile"));
    }

    public void Dispose() => _session.Dispose();

    private string Text(string script) => string.Join(" ", _session.Run(script).Select(o => o.ToString()));
}
