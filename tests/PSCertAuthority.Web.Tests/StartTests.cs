using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using PSCertAuthority.Hosting;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>Starting and stopping a web interface as the cmdlets do it, and why it does not start or end, each with its id.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TestStore _store = new();

    public StartTests() => _store.Root();

    private static string Program => Path.Combine(WebProgram.Metadata("StagedModulePath"), "server", "PSCertAuthority.Server.dll");

    private static WebInterfaceOptions Plain => new() { Program = Program, Port = 0 };

    [Fact]
    public void It_runs_with_a_certificate_of_the_authority_until_it_is_stopped()
    {
        WebInterface web = _store.Engine.WebInterfaces.Start(Plain with { Authority = "Root" }).Value;
        Assert.Equal("https", web.Url.Scheme);
        Assert.True(_store.Engine.WebInterfaces.Get(web.Port).Ready);
        Assert.Equal("WebInterfacePortInUse", Refused(Plain with { Port = web.Port }).ErrorId);
        WebInterfaceService.Stop(web);
        Assert.Empty(_store.Engine.WebInterfaces.List());
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(web.ProcessId));
        Assert.Equal("WebInterfaceNotFound", Assert.Throws<CaServerException>(() => _store.Engine.WebInterfaces.Get(web.Port)).ErrorId);
    }

    [Fact]
    public void An_address_of_others_is_refused_without_TLS() =>
        Assert.Equal("WebInterfacePlainAddressRefused", Refused(Plain with { Address = IPAddress.Any }).ErrorId);

    [Fact]
    public void An_address_that_is_not_ours_cannot_be_used() =>
        Assert.Equal("WebInterfaceAddressUnusable", Refused(Plain with { Address = IPAddress.Parse("203.0.113.1"), AllowPlain = true }).ErrorId);

    [Fact]
    public void A_name_that_is_none_is_refused() =>
        Assert.Equal("WebInterfaceHostNameInvalid", Refused(Plain with { HostNames = ["pki.example.com:8443"] }).ErrorId);

    [Fact]
    public void A_file_that_is_no_PKCS12_is_named()
    {
        File.WriteAllText(_store.File("tls.pfx"), "nothing");
        CaServerException error = Refused(Plain with { PfxPath = _store.File("tls.pfx") });
        Assert.Equal("WebInterfaceTlsUnusable", error.ErrorId);
        Assert.Contains("tls.pfx", error.Message);
    }

    [Fact]
    public void Without_the_program_it_names_the_file()
    {
        CaServerException error = Refused(Plain with { Program = _store.File("gone.dll") });
        Assert.Equal("WebInterfaceProgramMissing", error.ErrorId);
        Assert.Contains("gone.dll", error.Message);
    }

    [Fact]
    public void A_program_that_ends_at_once_is_quoted()
    {
        File.WriteAllText(_store.File("broken.dll"), "no program");
        Assert.Equal("WebInterfaceEnded", Refused(Plain with { Program = _store.File("broken.dll") }).ErrorId);
    }

    [Theory]
    [InlineData("no program", "WebInterfaceStartFailed")]
    [InlineData("#!/bin/sh\nexec sleep 60\n", "WebInterfaceStartTimedOut")]
    public void What_is_named_dotnet_and_does_not_work_is_told(string content, string id)
    {
        if (OperatingSystem.IsWindows())
            return;
        string folder = Directory.CreateDirectory(_store.File("fake")).FullName;
        File.WriteAllText(Path.Combine(folder, "dotnet"), content);
        if (content[0] == '#')
            File.SetUnixFileMode(Path.Combine(folder, "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        CaServerException error = Refused(Plain with { StartPatience = TimeSpan.FromSeconds(1), Variables = name => name == "DOTNET_ROOT" ? folder : null });
        Assert.Equal(id, error.ErrorId);
    }

    [Fact]
    public void One_of_others_that_does_not_end_is_left()
    {
        using Process self = Process.GetCurrentProcess();
        File.WriteAllText(_store.File("run.json"), string.Empty);
        var run = new ServerRun { Url = new Uri("http://127.0.0.1:1/"), ProcessId = self.Id, StartedAt = self.StartTime, StorePath = _store.StorePath, RunFile = _store.File("run.json") };
        var error = Assert.Throws<CaServerException>(() => ServerRuns.Stop(run, ServerErrors.WebInterface, TimeSpan.FromMilliseconds(50)));
        Assert.Equal("WebInterfaceNotStopped", error.ErrorId);
    }

    [Fact]
    public void A_program_that_is_given_no_certificate_says_so()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { Program, "--web", "--pipe", "--tls-pipe", "--store", _store.StorePath, "--listen", "127.0.0.1:0" })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.StandardInput.WriteLine(new ServerMessage(ServerMessage.Hello));
        ServerMessage question = ServerMessage.TryParse(process.StandardOutput.ReadLine()!)!;
        Assert.Equal(ServerMessage.TlsWanted, question.Kind);
        process.StandardInput.WriteLine(new ServerMessage(ServerMessage.Refused).With("question", question.Number("question")));
        ServerMessage last = ServerMessage.TryParse(process.StandardOutput.ReadLine()!)!;
        Assert.Equal((ServerMessage.Failed, "WebInterfaceTlsMissing"), (last.Kind, last.Text("errorId")));
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    private CaServerException Refused(WebInterfaceOptions options)
    {
        var error = Assert.Throws<CaServerException>(() => _store.Engine.WebInterfaces.Start(options));
        return error;
    }

    public void Dispose() => _store.Dispose();
}
