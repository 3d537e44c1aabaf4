using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Hosting;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Ocsp;

/// <summary>Why a responder does not start or end, each with its id. The programs are stand-ins, run by the real dotnet or in its place.</summary>
public sealed class ResponderStartTests : IDisposable
{
    private readonly TestStore _store = new();

    public ResponderStartTests() => _store.Root();

    [Fact]
    public void Without_dotnet_it_says_what_to_install()
    {
        var error = Assert.Throws<CaServerException>(() => DotNetHost.Find(_ => null, _ => false, ServerErrors.Responder));
        Assert.Equal("DotNetMissing", error.ErrorId);
        Assert.Contains("https://dotnet.microsoft.com/download", error.Message);
    }

    [Fact]
    public void Without_the_program_it_names_the_file() => Assert.Contains("gone.dll", AssertRefused("ResponderProgramMissing", _store.File("gone.dll")).Message);

    [Fact]
    public void Without_the_runtime_it_says_what_to_install()
    {
        File.Copy(typeof(ResponderStartTests).Assembly.Location, _store.File("future.dll"));
        File.WriteAllText(_store.File("future.runtimeconfig.json"), """
            { "runtimeOptions": { "framework": { "name": "Microsoft.AspNetCore.App", "version": "99.0.0" } } }
            """);
        AssertRefused("AspNetCoreMissing", _store.File("future.dll"));
    }

    [Fact]
    public void A_program_that_ends_at_once_is_quoted()
    {
        File.WriteAllText(_store.File("broken.dll"), "no program");
        Assert.Contains("hostpolicy", AssertRefused("ResponderEnded", _store.File("broken.dll")).Message);
    }

    [Fact]
    public void What_is_named_dotnet_and_cannot_be_run_is_named()
    {
        string folder = FolderWithDotNet("no program");
        Assert.Contains(folder, AssertRefused("ResponderStartFailed", Placeholder(), folder).Message);
    }

    [UnixFact]
    public void A_program_that_does_not_answer_is_ended()
    {
        string folder = FolderWithDotNet("#!/bin/sh\necho $$ > \"$0.pid\"\nexec sleep 60\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRefused("ResponderStartTimedOut", Placeholder(), folder);
        int process = int.Parse(File.ReadAllText(Path.Combine(folder, "dotnet.pid")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.ThrowsAny<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public async Task What_one_that_cannot_answer_everything_says_is_shown()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answered = Task.Run(() =>
        {
            using TcpClient client = listener.AcceptTcpClient();
            const string said = """{"ready":false,"warnings":["'Root' has no responder key."],"requests":7,"signatures":3,"certificates":5}""";
            client.GetStream().Write(Encoding.ASCII.GetBytes($"HTTP/1.1 503 Service Unavailable\r\nContent-Length: {said.Length}\r\nConnection: close\r\n\r\n{said}"));
        });
        using Process self = Process.GetCurrentProcess();
        string folder = Path.ChangeExtension(_store.StorePath, "responders");
        OwnerOnlyFile.CreateDirectory(folder);
        var run = new ServerRun
        {
            Url = new Uri($"http://{listener.LocalEndpoint}/"), ProcessId = self.Id, StartedAt = self.StartTime, Authorities = ["Root"], StorePath = _store.StorePath,
            RunFile = Path.Combine(folder, "a.json"),
        };
        File.WriteAllText(run.RunFile, run.ToText());
        OcspResponder responder = Assert.Single(_store.Engine.Responders.List());
        await answered;
        Assert.Equal((false, 7, 3, 5), (responder.Ready, responder.Requests, responder.Signatures, responder.Certificates));
        Assert.Equal(["'Root' has no responder key."], responder.Warnings);
    }

    [Fact]
    public void The_certificate_that_a_responder_is_given_must_not_have_ended()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        CaAuthority root = _store.Engine.Authorities.Get("Root");
        File.WriteAllText(_store.File("ocsp.pem"), _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = _store.File("ocsp.key"),
            Subject = DistinguishedName.Parse("/CN=Responder"), Profile = "ocsp", ValidDays = 5,
        }).Certificate!.ToPem());
        using var host = new ResponderHost(new OcspResponderOptions { Program = "none", Authorities = ["Root"], CertificatePath = _store.File("ocsp.pem"), KeyPath = _store.File("ocsp.key") });
        host.Prepare(_store.Engine, clock, [root]);
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("ResponderCertificateEnded", Assert.Throws<CaResponderException>(() => host.Prepare(_store.Engine, clock, [root])).ErrorId);
    }

    [Fact]
    public void A_responder_of_others_that_does_not_end_is_left()
    {
        using Process self = Process.GetCurrentProcess();
        File.WriteAllText(_store.File("run.json"), string.Empty);
        var responder = new OcspResponder
        {
            Url = new Uri("http://127.0.0.1:1/"), ProcessId = self.Id, StartedAt = self.StartTime, Authority = ["Root"], StorePath = _store.StorePath, RunFile = _store.File("run.json"),
        };
        var error = Assert.Throws<CaServerException>(() => ResponderService.Stop(responder, TimeSpan.FromMilliseconds(50)));
        Assert.Equal("ResponderNotStopped", error.ErrorId);
        Assert.Contains($"process {self.Id}", error.Message);
    }

    private CaServerException AssertRefused(string id, string program, string? dotnetFolder = null)
    {
        var options = new OcspResponderOptions
        {
            Program = program,
            Authorities = [new AuthorityIdentity("Root")],
            Port = 0,
            StartPatience = TimeSpan.FromSeconds(dotnetFolder is null ? 60 : 1),
            Variables = name => name == "DOTNET_ROOT" ? dotnetFolder ?? Environment.GetEnvironmentVariable(name) : Environment.GetEnvironmentVariable(name),
        };
        var error = Assert.Throws<CaServerException>(() => _store.Engine.Responders.Start(options));
        Assert.True(id == error.ErrorId, $"{error.ErrorId}: {error.Message}");
        Assert.Empty(_store.Engine.Responders.List());
        return error;
    }

    private string Placeholder()
    {
        File.WriteAllText(_store.File("server.dll"), string.Empty);
        return _store.File("server.dll");
    }

    private string FolderWithDotNet(string content)
    {
        string folder = Directory.CreateDirectory(_store.File("fake")).FullName;
        File.WriteAllText(Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), content);
        return folder;
    }

    public void Dispose() => _store.Dispose();
}

/// <summary>A test that needs a shell script to be a program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows runs no shell scripts." : null;
}
