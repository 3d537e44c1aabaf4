using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Every type that a cmdlet writes has views and default properties that fit it.</summary>
public sealed class ViewTests : IDisposable
{
    private const int WidestFixedPart = 120;

    private readonly ModuleSession _session = new();
    private readonly XDocument _views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "PSCertAuthority.Format.ps1xml"));

    [Fact]
    public void Every_output_type_has_a_table_and_a_list()
    {
        foreach (Type type in OutputTypes())
        {
            Assert.True(ViewsOf(type).Any(view => view.Element("TableControl") is not null), $"{type} has no table.");
            Assert.True(ViewsOf(type).Any(view => view.Element("ListControl") is not null), $"{type} has no list.");
        }
    }

    [Fact]
    public void Every_property_that_a_view_shows_exists()
    {
        Type[] types = [.. OutputTypes().SelectMany(type => type.Assembly.GetExportedTypes()).Distinct()];
        foreach (XElement view in _views.Descendants("View"))
        {
            string name = view.Descendants("TypeName").Single().Value.Split('#')[0];
            Type type = Assert.Single(types, candidate => candidate.FullName == name);
            foreach (XElement property in view.Descendants("PropertyName"))
                Assert.True(type.GetProperty(property.Value) is not null, $"{name} has no {property.Value}.");
        }
    }

    [Fact]
    public void The_fixed_columns_of_a_table_leave_room_for_the_last()
    {
        foreach (XElement view in _views.Descendants("View").Where(view => view.Element("TableControl") is not null))
        {
            int width = view.Descendants("Width").Sum(column => (int)column + 1);
            Assert.True(width <= WidestFixedPart, $"{view.Element("Name")!.Value} is {width} wide before its last column.");
            Assert.Null(view.Descendants("TableColumnHeader").Last().Element("Width") is { } last && width > 40 ? last : null);
        }
    }

    [Fact]
    public void Every_default_property_exists()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; $c = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com");
        Assert.Equal(
            ["SerialNumber", "Status", "NotAfter", "Authority", "Profile", "Subject"],
            _session.Run("$c.PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames").Select(name => name.ToString()));
        Type[] types = [.. OutputTypes().SelectMany(type => type.Assembly.GetExportedTypes()).Distinct()];
        foreach (XElement entry in XDocument.Load(Path.Combine(ModuleSession.ModulePath, "PSCertAuthority.Types.ps1xml")).Descendants("Type"))
        {
            Type type = Assert.Single(types, candidate => candidate.FullName == entry.Element("Name")!.Value);
            foreach (XElement property in entry.Descendants("ReferencedProperties").Elements("Name"))
                Assert.True(type.GetProperty(property.Value) is not null, $"{type} has no {property.Value}.");
        }
    }

    [Fact]
    public void No_object_prints_as_the_name_of_its_type()
    {
        foreach (Type type in OutputTypes())
        {
            Type? owner = type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType;
            Assert.True(owner == type || type.IsEnum, $"{type} has no ToString of its own.");
        }
    }

    [Theory]
    [InlineData("Valid", "\e[32mValid\e[0m")]
    [InlineData("Revoked", "\e[31mRevoked\e[0m")]
    [InlineData("Suspended", "\e[33mSuspended\e[0m")]
    public void A_status_is_coloured_where_there_is_PSStyle(string status, string expected)
    {
        string script = StatusScript();
        Assert.Equal(expected, _session.Run($"[pscustomobject]@{{ Status = '{status}' }} | ForEach-Object {{ {script} }}").Single().ToString());
        // Windows PowerShell 5.1 has no such variable, not even under strict mode.
        string without = $"Set-StrictMode -Version Latest; [pscustomobject]@{{ Status = '{status}' }} | ForEach-Object {{ {script.Replace("'PSStyle'", "'NoSuchVariable'")} }}";
        Assert.Equal(status, _session.Run($"& {{ {without} }}").Single().ToString());
    }

    private string StatusScript() => ViewsOf("PSCertAuthority.Certificates.CaCertificate").Descendants("ScriptBlock").Select(block => block.Value)
        .First(block => block.Contains("PSStyle"));

    private IEnumerable<XElement> ViewsOf(Type type) => ViewsOf(type.FullName!);

    private IEnumerable<XElement> ViewsOf(string type) => _views.Descendants("View").Where(view => view.Descendants("TypeName").Any(name => name.Value == type));

    private Type[] OutputTypes() =>
    [
        .. _session.Run("Get-Command -Module PSCertAuthority").SelectMany(command => ((CmdletInfo)command.BaseObject).OutputType)
            .Select(output => output.Type).Where(type => type.FullName!.StartsWith("PSCertAuthority.", StringComparison.Ordinal)).Distinct(),
    ];

    public void Dispose() => _session.Dispose();
}
