using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

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
        return Start(port => ("dotnet", [program, "--store", storePath, "--authority", "Root", "--use-authority-key", "--listen", $"127.0.0.1:{port}"]), "ocsp/",
            served => IsReady(served).GetAwaiter().GetResult());
    }

    /// <summary>cfssl's server over responses that were made before, base64, one a line.</summary>
    public static ServedProgram Cfssl(string responsesPath) =>
        Start(port => ("cfssl", ["ocspserve", "-loglevel", "4", "-port", $"{port}", "-responses", responsesPath]), string.Empty, Listens);

    /// <summary>OpenSSL's responder, in as many processes as there are cores.</summary>
    public static ServedProgram OpenSsl(FilledStore store) => Start(
        port => ("openssl", ["ocsp", "-port", $"{port}", "-index", store.IndexPath, "-CA", store.RootPath, "-rsigner", store.ResponderPath, "-rkey", store.ResponderKeyPath,
            "-multi", $"{Environment.ProcessorCount}", "-nmin", "10"]), string.Empty, Listens);

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

    private static async Task<bool> IsReady(ServedProgram served)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using HttpResponseMessage response = await client.GetAsync(new Uri(served.Url, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool Listens(ServedProgram served)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, served.Url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

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
