using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Text that no name, path or setting should be: each parameter of each cmdlet takes it or refuses it with an error of its own, and the store stays as good as it was.</summary>
public sealed class HostileTextTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "\"`u{2028}$([char]0xD800)x\"", "\"$([char]0xDC00)\"", "\"a`0b\"", "\"a`r`n`e[31mb\"", "\"`u{202E}txt\"", "'   '", "'*'", "'[a'", "'/CN=' + 'x' * 100000", "'-----BEGIN CERTIFICATE REQUEST-----'", "'${x}$(y)'",
    ];

    // Their texts reach a cmdlet as what they are converted to.
    private static readonly string[] TextTypes =
    [
        "String", "SubjectArgument", "AuthorityIdentity", "CertificateIdentity", "WebUserIdentity", "ProfileIdentity", "ServerIdentity", "PolicyArgument", "ExtensionArgument", "Object",
    ];

    private readonly ModuleSession _session = new();
    private readonly CmdletSurface _surface;

    public HostileTextTests() => _surface = CmdletSurface.WithRoot(_session);

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public async Task No_text_hangs_breaks_or_damages(string cmdlet)
    {
        string asked = !_surface.HasConfirm(cmdlet) ? string.Empty : cmdlet.StartsWith("Start-", StringComparison.Ordinal) ? "-WhatIf" : "-Confirm:$false";
        foreach ((ParameterMetadata parameter, ParameterSetMetadata _, string others) in _surface.Parameters(cmdlet).Where(p => p.Parameter.Name != "StorePath" && IsText(p.Parameter)))
        {
            foreach (string text in Texts)
            {
                string call = $"$given = @{{ {others} }}; $given['{parameter.Name}'] = {text}; try {{ $null = {cmdlet} @given {asked} }} catch {{ Write-Error -ErrorRecord $_ }}";
                await Task.Run(() => _session.Invoke(call)).WaitAsync(TimeSpan.FromMinutes(1));
                foreach (ErrorRecord error in _session.Errors)
                    Assert.True(IsOurs(error), $"{cmdlet} -{parameter.Name} {text}: {error.FullyQualifiedErrorId}: {error.Exception.Message}");
            }
        }

        Assert.Equal("True", _session.Run("(Test-CaStore).Passed").Single().ToString());
    }

    public void Dispose() => _session.Dispose();

    private static bool IsText(ParameterMetadata parameter) =>
        TextTypes.Contains((parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType).Name);

    /// <summary>An exception that nobody foresaw has its type as id.</summary>
    private static bool IsOurs(ErrorRecord error)
    {
        string id = error.FullyQualifiedErrorId.Split(',')[0];
        return id is not ("InternalError" or "NotSpecified" or "StoreDamaged") && !id.Contains('.', StringComparison.Ordinal);
    }
}
