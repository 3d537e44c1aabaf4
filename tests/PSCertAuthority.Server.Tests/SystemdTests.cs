using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>As a unit of Type=notify: the parent is called systemd, and what it is told goes to the socket of the test.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    [JudgedFact("sh")]
    public void It_says_ready_when_it_can_answer_and_stopping_when_it_is_told_to_end()
    {
        _store.Root(pathLength: 0);
        using Process service = Start();
        using var client = new HttpClient();
        Assert.True(ServerProgram.Poll(() => StatusOf(client, "health/live") == HttpStatusCode.OK));
        Assert.True(ServerProgram.Poll(() => client.GetStringAsync(Address("metrics")).Result.Contains("psca_index_certificates 1")));
        // It listens and has read the store, but without a key it can answer nobody.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, StatusOf(client, "health/ready"));
        Assert.DoesNotContain(_told, line => line == "READY=1");
        MakeResponder();
        Assert.True(ServerProgram.Poll(() => _told.Contains("READY=1")));
        Assert.Equal(HttpStatusCode.OK, StatusOf(client, "health/ready"));
        Assert.Contains(_told, line => line.StartsWith("STATUS=Answers for Root;", StringComparison.Ordinal));
        Tool.Succeed("kill", "-TERM", File.ReadAllText(_store.File("pid")).Trim());
        Assert.True(service.WaitForExit(20_000));
        Assert.Equal(0, service.ExitCode);
        Assert.True(ServerProgram.Poll(() => _told.Contains("STOPPING=1")));
    }

    private int Port { get; } = FreePort();

    /// <summary>A shell by the name of systemd, which starts the program as its child and ends as it does.</summary>
    private Process Start()
    {
        string shell = _store.File("systemd");
        File.Copy(new FileInfo("/bin/sh").ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "/bin/sh", shell);
        string notify = _store.File("notify");
        _socket.Bind(new UnixDomainSocketEndPoint(notify));
        new Thread(Listen) { IsBackground = true }.Start();
        string module = typeof(ServerProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StagedModulePath").Value!;
        string[] arguments =
        [
            "-c", "dotnet \"$@\" & echo $! > \"$0\"; wait $!", _store.File("pid"), Path.Combine(module, "server", "PSCertAuthority.Server.dll"), "--listen", $"127.0.0.1:{Port}",
            "--store", _store.StorePath, "--authority", "Root", "--responder", $"Root={_store.File("responder.pem")},{_store.File("responder.key")}",
        ];
        return Process.Start(new ProcessStartInfo(shell, arguments) { Environment = { ["NOTIFY_SOCKET"] = notify } })!;
    }

    private void Listen()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                foreach (string line in Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)).Split('\n'))
                    _told.Enqueue(line);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private Uri Address(string path) => new($"http://127.0.0.1:{Port}/{path}");

    private HttpStatusCode StatusOf(HttpClient client, string path)
    {
        try
        {
            using HttpResponseMessage response = client.GetAsync(Address(path)).Result;
            return response.StatusCode;
        }
        catch (AggregateException)
        {
            return default;
        }
    }

    private void MakeResponder()
    {
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = _store.File("responder.key"),
            Subject = DistinguishedName.Parse("/CN=responder"), Profile = "ocsp", ValidDays = 5,
        });
        File.WriteAllText(_store.File("responder.pem"), (outcome.Certificate ?? throw outcome.Error!).ToPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (File.Exists(_store.File("pid")))
            Tool.Run("kill", "-KILL", File.ReadAllText(_store.File("pid")).Trim());
        _socket.Dispose();
        _store.Dispose();
    }
}
