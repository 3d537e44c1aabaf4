using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The DSC samples name resources and properties that exist, and the manifest exports every resource.</summary>
public sealed partial class DscSampleTests
{
    private static readonly string Samples = Path.GetFullPath(Path.Combine(ModuleSession.ModulePath, "..", "..", "..", "docs", "samples"));

    private static readonly Dictionary<string, string[]> Resources = Parse(Path.Combine(ModuleSession.ModulePath + ".Dsc", "PSCertAuthority.Dsc.psm1"))
        .FindAll(node => node is TypeDefinitionAst type && type.Attributes.Any(attribute => attribute.TypeName.Name == "DscResource"), true)
        .Cast<TypeDefinitionAst>()
        .ToDictionary(type => type.Name, type => type.Members.OfType<PropertyMemberAst>().Where(IsConfigurable).Select(property => property.Name).ToArray());

    [Fact]
    public void The_manifest_exports_every_resource()
    {
        var manifest = (HashtableAst)Parse(Path.Combine(ModuleSession.ModulePath + ".Dsc", "PSCertAuthority.Dsc.psd1")).Find(node => node is HashtableAst, true)!;
        var exported = (object[])((System.Collections.Hashtable)manifest.SafeGetValue())["DscResourcesToExport"]!;
        Assert.Equal(Resources.Keys.Order(), exported.Cast<string>().Order());
    }

    [Fact]
    public void Every_property_of_the_document_exists()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Samples, "web-server.dsc.yaml"));
        string resource = string.Empty;
        int checkedProperties = 0;
        foreach (string line in lines)
        {
            if (ResourceType().Match(line) is { Success: true } type)
                resource = type.Groups[1].Value;
            else if (Property().Match(line) is { Success: true } property)
                Assert.True(Resources[resource].Contains(property.Groups[1].Value) && ++checkedProperties > 0, $"{resource} has no {property.Groups[1].Value}.");
        }

        Assert.True(checkedProperties > 10);
    }

    [Fact]
    public void Every_property_of_the_configuration_exists()
    {
        // Windows' DSC is needed to parse the configuration keyword with its resources; their text is a command with a script block.
        string text = File.ReadAllText(Path.Combine(Samples, "WebServer.Configuration.ps1"));
        int checkedProperties = 0;
        foreach (Match block in ResourceBlock().Matches(text))
        {
            foreach (Match property in Assignment().Matches(block.Groups[2].Value))
                Assert.True((property.Groups[1].Value == "DependsOn" || Resources[block.Groups[1].Value].Contains(property.Groups[1].Value)) && ++checkedProperties > 0, property.Value);
        }

        Assert.True(checkedProperties > 15);
    }

    private static bool IsConfigurable(PropertyMemberAst property) =>
        property.Attributes.OfType<AttributeAst>().Any(attribute => attribute.TypeName.Name == "DscProperty" && attribute.NamedArguments.All(a => a.ArgumentName != "NotConfigurable"));

    private static ScriptBlockAst Parse(string path)
    {
        ScriptBlockAst ast = Parser.ParseFile(path, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return ast;
    }

    [GeneratedRegex(@"^    type: PSCertAuthority\.Dsc/(\w+)")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^      ([A-Z]\w+):")]
    private static partial Regex Property();

    [GeneratedRegex(@"^        (Ca\w+) \w+ \{(.*?)^        \}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ResourceBlock();

    [GeneratedRegex(@"^\s+(\w+)\s+=", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
