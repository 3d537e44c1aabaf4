using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>What Get-Help finds, for the cmdlets of an assembly in a load context of its own behind a script module.</summary>
public sealed class GetHelpTests(ModuleFixture module) : IClassFixture<ModuleFixture>
{
    public static TheoryData<string> Commands { get; } = [.. ModuleFixture.Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_knows_every_part(string name)
    {
        Assert.StartsWith("MamlCommandHelpInfo#", Ask($"(Get-Help {name} -Full).PSObject.TypeNames[0]"), StringComparison.Ordinal);
        foreach (string part in new[] { "Synopsis", "description.Text", "alertSet.alert.Text", "inputTypes.inputType.type.name", "returnValues.returnValue.type.name", "relatedLinks.navigationLink.linkText" })
            Assert.True(Ask($"(Get-Help {name} -Full).{part} -join ' '").Length > 3, $"{name} has no {part}.");
        Assert.Equal("True", Ask($"$e = @((Get-Help {name} -Examples).examples.example); $e.Count -ge 3 -and -not ($e | Where-Object {{ -not $_.code -or -not ($_.remarks.Text -join '') }})"));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_knows_exactly_the_parameters(string name)
    {
        Collection<PSObject> parameters = module.Session.Run($"(Get-Help {name} -Full).parameters.parameter");
        Assert.Equal(module.ParametersOf(name), parameters.Select(p => p.Properties["name"].Value.ToString()!).Order());
        Assert.All(module.Session.Run($"Get-Help {name} -Parameter *"), p => Assert.NotEmpty(LanguagePrimitives.ConvertTo<string>(((PSObject[])p.Properties["description"].Value)[0])));
        Assert.Equal(module.Commands[name].ParameterSets.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), Ask($"@((Get-Help {name}).syntax.syntaxItem).Count"));
    }

    [Fact]
    public void It_reads_well()
    {
        string text = Ask("Get-Help New-CaCertificate -Full | Out-String -Width 120");
        Assert.Contains("-KeyType {RSA | EC | Ed25519 | Ed448}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("```", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^-Authority <AuthorityIdentity>", Ask("Get-Help New-CaCertificate -Parameter Authority | Out-String -Width 120").TrimStart());
    }

    private string Ask(string script) => string.Join("\n", module.Session.Run(script));
}
