using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What names a web user in each cmdlet that takes one: that very user, never who was made anew under the name, nor one of another store.</summary>
public sealed class WebUserIdentityTests : IDisposable
{
    private const string Remains = """
        $clixml = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($u, 1))
        $csv = [pscustomobject]@{ Id = "$($u.Id)"; Name = $u.Name; Role = "$($u.Role)"; Enabled = "$($u.Enabled)"; CreatedAt = "$($u.CreatedAt)"; StorePath = $u.StorePath }
        $json = [pscustomobject]@{ Id = "$($u.Id)"; Name = $u.Name; Role = [long]$u.Role; StorePath = $u.StorePath }; $row = [pscustomobject]@{ Name = 'ANN' }
        """;

    private static readonly string[] Objects = ["$u", "$clixml", "$csv", "$json"];

    private readonly ModuleSession _session = new();

    public WebUserIdentityTests() => _session.Run($$"""
        $password = [Security.SecureString]::new(); 'correct horse battery'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
        $null = New-CaAuthority Root -KeyType EC; $null = New-CaAuthority Root -KeyType EC -StorePath "$folder/other.db"
        $PSDefaultParameterValues.Remove('*-Ca*:StorePath'); $here = @{ StorePath = "$folder/ca.db" }; $there = @{ StorePath = "$folder/other.db" }
        $u = New-CaWebUser ann Viewer -Password $password @here; $namesake = New-CaWebUser ann Administrator -Password $password @there
        {{Remains}}
        """);

    public static TheoryData<string> Cmdlets => ["Get-CaWebUser", "Set-CaWebUser -Role Viewer -PassThru", "Set-CaWebUser -SignOut -PassThru", "Remove-CaWebUser -PassThru"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_object_what_is_left_of_it_and_a_name_name_the_user(string cmdlet)
    {
        foreach (string name in new[] { "$u", "$clixml", "$csv", "$json", "$row", "'ann'", "'ANN'" })
        {
            string store = Objects.Contains(name) ? string.Empty : " @here";
            foreach (string script in new[] { $"{name} | {cmdlet}{store}", $"{cmdlet} -Name ({name}){store}", $"{cmdlet} -Identity ({name}){store}", cmdlet.Replace("User", $"User ({name})") + store })
            {
                Assert.True(Text($"({script}).Id") == Text("$u.Id"), script);
                if (cmdlet.StartsWith("Remove", StringComparison.Ordinal))
                    _session.Run($"$u = New-CaWebUser ann Viewer -Password $password @here; {Remains}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Who_was_made_anew_under_the_name_is_another_user(string cmdlet)
    {
        _session.Run("Remove-CaWebUser ann @here; $later = New-CaWebUser Ann Administrator -Password $password @here");
        foreach (string name in Objects)
        {
            foreach (string script in new[] { $"{name} | {cmdlet}", cmdlet.Replace("User", $"User ({name})") })
                Assert.Equal((script, "WebUserNotFound"), (script, _session.ErrorIdOf(script)));
        }

        Assert.Equal("Administrator", Text("(Get-CaWebUser ann @here).Role"));
        _session.Run("Remove-CaWebUser ann @here");
        Assert.Equal("WebUserNotFound", _session.ErrorIdOf($"$u | {cmdlet}"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void One_of_another_store_is_looked_for_there_and_refused_here(string cmdlet)
    {
        foreach (string name in Objects)
        {
            foreach (string script in new[] { $"{name} | {cmdlet} @there", cmdlet.Replace("User", $"User ({name}) @there") })
                Assert.Equal((script, "WebUserOfOtherStore"), (script, _session.ErrorIdOf(script)));
        }

        // Without -StorePath the object's own store counts; the account's own one is not even there.
        Assert.Equal(Text("$u.Id"), Text($"($u | {cmdlet}).Id"));
        Assert.Equal("Administrator", Text("($namesake | Get-CaWebUser).Role"));
    }

    private string Text(string script) => string.Join(" ", _session.Run(script).Select(o => o.ToString()));

    public void Dispose() => _session.Dispose();
}
