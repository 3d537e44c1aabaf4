using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>All cmdlets and parameters of the module, with values that bind, for theories over all of them.</summary>
internal sealed class CmdletSurface(ModuleSession session)
{
    private static readonly string[] Common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    /// <summary>All cmdlets that the manifest exports.</summary>
    public static IEnumerable<string> Names => ((object[])((Hashtable)Parser.ParseFile(Path.Combine(ModuleSession.ModulePath, "PSCertAuthority.psd1"), out _, out _)
        .Find(node => node is HashtableAst, true)!.SafeGetValue())["CmdletsToExport"]!).Cast<string>();

    /// <summary>The same, for theories.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>The surface of a session whose store has the authority Root, with everything that <see cref="ValueOf"/> names.</summary>
    public static CmdletSurface WithRoot(ModuleSession session)
    {
        var surface = new CmdletSurface(session);
        session.Run("$null = New-CaAuthority Root -KeyType EC -PathLength 1");
        surface.MakeValues("Root");
        return surface;
    }

    /// <summary>Makes what <see cref="ValueOf"/> names.</summary>
    public void MakeValues(string authority) => session.Run($$"""
        $request = New-CaCertificateRequest /CN=a.example.com -KeyPath a.key
        $certificate = $request | New-CaCertificate -Authority {{authority}}
        $platform = [Security.Cryptography.X509Certificates.X509Certificate2] $certificate
        $password = [securestring]::new(); 'a long password'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
        """);

    public bool HasConfirm(string cmdlet) => Command(cmdlet).Parameters.ContainsKey("Confirm");

    public CommandInfo Command(string cmdlet) => (CommandInfo)session.Run($"Get-Command {cmdlet}").Single().BaseObject;

    /// <summary>Each parameter of a cmdlet in one of its sets, with values for those that are mandatory beside it, as entries of a hashtable.</summary>
    public IReadOnlyList<(ParameterMetadata Parameter, ParameterSetMetadata Set, string Others)> Parameters(string cmdlet)
    {
        CommandInfo command = Command(cmdlet);
        return [.. command.Parameters.Values.Where(parameter => !Common.Contains(parameter.Name)).Select(parameter =>
        {
            (string name, ParameterSetMetadata set) = parameter.ParameterSets.First();
            string setName = name == ParameterAttribute.AllParameterSets ? DefaultSet(command) ?? name : name;
            IEnumerable<ParameterMetadata> mandatory = command.Parameters.Values.Where(other => other.Name != parameter.Name
                && other.ParameterSets.Any(s => s.Value.IsMandatory && (s.Key == ParameterAttribute.AllParameterSets || s.Key == setName)));
            return (parameter, set, string.Join("; ", mandatory.Select(ToEntry)));
        })];
    }

    /// <summary>An expression whose value binds to a parameter.</summary>
    public static string ValueOf(ParameterMetadata parameter)
    {
        Type type = parameter.ParameterType.IsArray && parameter.ParameterType != typeof(byte[]) ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return type.Name switch
        {
            "SwitchParameter" => "$true",
            "SecureString" => "$password",
            "X509Certificate2" => "$platform",
            "CaCertificateRequest" => "$request",
            "CertificateIdentity" => "$certificate",
            "Byte[]" => "$platform.RawData",
            "Object" => "$certificate",
            "PolicyArgument" => "'2.23.140.1.2.1'",
            "ExtensionArgument" => "@{ Oid = '1.2.3'; Value = 5, 0 }",
            "Int32" => "1",
            "ServerIdentity" => "18888",
            "String" when parameter.Name == "Watcher" => "'ann@example.com'",
            _ when type.IsEnum => $"'{Enum.GetNames(type)[0]}'",
            _ => "'Root'",
        };
    }

    // A server that runs is named by its port, too.
    private static string ToEntry(ParameterMetadata parameter) =>
        parameter.ParameterType.GetElementType()?.Name is "ServerIdentity" ? "'Port' = 1" : $"'{parameter.Name}' = {ValueOf(parameter)}";

    private static string? DefaultSet(CommandInfo command) => command.ParameterSets.FirstOrDefault(set => set.IsDefault)?.Name;
}
