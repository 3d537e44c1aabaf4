using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What names a running server in each cmdlet that takes one: that very server instance, never another one at its port.</summary>
public sealed class ServerIdentityTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ServerIdentityTests()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; $null = New-CaAuthority Other -KeyType EC -StorePath \"$folder/other.db\"");
        _session.Run("$PSDefaultParameterValues.Remove('*-Ca*:StorePath'); $here = @{ StorePath = \"$folder/ca.db\" }; $there = @{ StorePath = \"$folder/other.db\" }");
    }

    public static TheoryData<string, string> Cmdlets => new()
    {
        { "OcspResponder", "Root -UseAuthorityKey" },
        { "WebInterface", "-NoTls" },
    };

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Everything_that_is_left_of_an_object_names_it_and_a_stale_one_names_no_other(string noun, string arguments)
    {
        _session.Run($$"""
            $s = Start-Ca{{noun}} {{arguments}} -Port 0 -PassThru @here; $port = $s.Port
            $clixml = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($s, 1))
            $csv = [pscustomobject]@{ Url = "$($s.Url)"; Port = "$port"; InstanceId = "$($s.InstanceId)"; ProcessId = "$($s.ProcessId)"; StorePath = $s.StorePath }
            $json = [pscustomobject]@{ InstanceId = "$($s.InstanceId)"; StorePath = $s.StorePath; Port = [long]$port }; $row = [pscustomobject]@{ Port = $port }
            """);
        string[] objects = ["$s", "$clixml", "$csv", "$json"], names = ["$row", "$port", "\"$port\"", "$s.Url", "\"$($s.Url)\".TrimEnd('/')", "\"$($s.InstanceId)\""];
        foreach (string name in objects.Concat(names))
        {
            string store = objects.Contains(name) ? string.Empty : "@here";
            foreach (string script in new[] { $"Get-Ca{noun} ({name}) {store}", $"{name} | Get-Ca{noun} {store}", $"Get-Ca{noun} -Identity ({name}) {store}" })
                Assert.True(Text($"({script}).InstanceId") == Text("$s.InstanceId"), script);
            _session.Run($"Stop-Ca{noun} ({name}) {store} -WhatIf; {name} | Stop-Ca{noun} {store} -WhatIf");
        }

        Assert.Equal(OfOtherStore(noun), _session.ErrorIdOf($"Get-Ca{noun} $s @there"));
        Assert.Equal(OfOtherStore(noun), _session.ErrorIdOf($"$s | Stop-Ca{noun} @there"));
        Assert.Equal(OfOtherStore(noun), _session.ErrorIdOf($"$csv | Stop-Ca{noun} @there"));

        // Another one takes its port: whatever is left of the first does not mean it.
        _session.Run($"$s | Stop-Ca{noun}; $later = Start-Ca{noun} {arguments} -Port $port -PassThru @here");
        foreach (string name in objects.Append("\"$($s.InstanceId)\""))
        {
            string store = objects.Contains(name) ? string.Empty : "@here";
            foreach (string script in new[] { $"Stop-Ca{noun} ({name}) {store}", $"{name} | Stop-Ca{noun} {store}", $"{name} | Get-Ca{noun} {store}" })
                Assert.Equal((script, noun + "NotFound"), (script, Known(_session.ErrorIdOf(script))));
        }

        Assert.Equal(Text("$later.InstanceId"), Text($"(Get-Ca{noun} @here).InstanceId"));
        _session.Run($"$row | Stop-Ca{noun} @here");
        Assert.Empty(_session.Run($"Get-Ca{noun} @here"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_port_is_one_of_the_store_that_is_named(string noun, string arguments)
    {
        _session.Run($"$s = Start-Ca{noun} {arguments} -Port 0 -PassThru @here");
        Assert.Empty(_session.Run($"Get-Ca{noun} @there"));
        Assert.Equal(noun + "NotFound", Known(_session.ErrorIdOf($"Get-Ca{noun} $s.Port @there")));
        Assert.Equal(noun + "NotFound", Known(_session.ErrorIdOf($"Stop-Ca{noun} -Port $s.Port @there")));
        _session.Run($"Stop-Ca{noun} -Port $s.Port @here");
        Assert.Equal(noun + "NotFound", Known(_session.ErrorIdOf($"Stop-Ca{noun} $s")));
    }

    [Fact]
    public void A_responder_is_no_web_interface()
    {
        _session.Run("$s = Start-CaOcspResponder Root -UseAuthorityKey -Port 0 -PassThru @here");
        Assert.Equal("WebInterfaceNotFound", _session.ErrorIdOf("$s | Stop-CaWebInterface"));
        Assert.StartsWith("CannotConvertArgument", _session.ErrorIdOf("Get-CaOcspResponder somewhere @here"));
        Assert.Single(_session.Run("Get-CaOcspResponder @here"));
    }

    /// <summary>The ids of responders begin with Responder.</summary>
    private static string Known(string errorId) => errorId.StartsWith("Responder", StringComparison.Ordinal) ? "Ocsp" + errorId : errorId;

    private static string OfOtherStore(string noun) => noun == "OcspResponder" ? "ResponderOfOtherStore" : "WebInterfaceOfOtherStore";

    private string Text(string script) => string.Join(" ", _session.Run(script).Select(o => o.ToString()));

    public void Dispose()
    {
        _session.Invoke("Get-CaOcspResponder @here | Stop-CaOcspResponder; Get-CaWebInterface @here | Stop-CaWebInterface");
        _session.Dispose();
    }
}
