using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>A responder that runs on a free port of this machine, with its children.</summary>
internal sealed class ServedProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private ServedProgram(Process process, int port, string path)
    {
        _process = process;
        Url = new Uri($"http://127.0.0.1:{port}/{path}");
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Where OCSP requests are posted to.</summary>
    public Uri Url { get; }

    /// <summary>How long it took from its start to its first answer.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public int ProcessId => _process.Id;

    /// <summary>The responder of the module over a store.</summary>
    public static ServedProgram Ours(string storePath)
    {
        string program = Path.Combine(ModuleTests.ModuleSession.ModulePath, "server", "PSCertAuthority.Server.dll");
        return Start(port => ("dotnet", [program, "--store", storePath, "--authority", "Root", "--use-authority-key", "--listen", $"127.0.0.1:{port}"]), "ocsp/", IsReady);
    }

    /// <summary>cfssl's server over responses that were made before, base64, one a line.</summary>
    public static ServedProgram Cfssl(FilledStore store, string responsesPath) =>
        Start(port => ("cfssl", ["ocspserve", "-loglevel", "4", "-port", $"{port}", "-responses", responsesPath]), string.Empty, Answers(store));

    /// <summary>OpenSSL's responder, in as many processes as there are cores.</summary>
    public static ServedProgram OpenSsl(FilledStore store) => Start(
        port => ("openssl", ["ocsp", "-port", $"{port}", "-index", store.IndexPath, "-CA", store.RootPath, "-rsigner", store.ResponderPath, "-rkey", store.ResponderKeyPath,
            "-multi", $"{Environment.ProcessorCount}", "-nmin", "10"]), string.Empty, Answers(store));

    /// <summary>Processor time so far, with its children's.</summary>
    public TimeSpan ProcessorTime => ProcessFigures.Sum(ProcessId, ProcessFigures.ProcessorTime);

    /// <summary>Resident octets now, with its children's.</summary>
    public long Resident => ProcessFigures.Sum(ProcessId, id => ProcessFigures.Octets(id, "VmRSS"));

    /// <summary>The most octets that were resident.</summary>
    public long Peak => ProcessFigures.Sum(ProcessId, id => ProcessFigures.Octets(id, "VmHWM"));

    private static ServedProgram Start(Func<int, (string Program, IEnumerable<string> Arguments)> command, string path, Func<ServedProgram, bool> isReady)
    {
        int port = FreePort();
        (string program, IEnumerable<string> arguments) = command(port);
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var served = new ServedProgram(process, port, path);
        while (!isReady(served))
        {
            if (process.HasExited || watch.Elapsed > Patience)
            {
                served.Dispose();
                throw new InvalidOperationException($"{program} did not start.");
            }

            Thread.Sleep(10);
        }

        served.ReadyAfter = watch.Elapsed;
        return served;
    }

    private static bool Succeeds(ServedProgram served, HttpMethod method, string path, byte[] body)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            using var request = new HttpRequestMessage(method, new Uri(served.Url, path));
            if (body.Length > 0)
                request.Content = new ByteArrayContent(body);
            using HttpResponseMessage response = client.Send(request);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool IsReady(ServedProgram served) => Succeeds(served, HttpMethod.Get, "/health/ready", []);

    /// <summary>Asks as a client would. Connections that say nothing, or nonsense, make OpenSSL's responder spin.</summary>
    private static Func<ServedProgram, bool> Answers(FilledStore store) =>
        served => Succeeds(served, HttpMethod.Post, string.Empty, new RequestWriter(store.RootPath).Write([store.Serials[1]], []));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
