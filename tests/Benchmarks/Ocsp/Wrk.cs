using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>The load generator <c>wrk</c>: one thread, connections that are kept, requests of a file in turn.</summary>
internal static class Wrk
{
    private const int Connections = 32;

    private const string Script = """
        local requests, nonces, at, count = {}, os.getenv("PSCA_NONCE") == "1", 0, 0
        local headers = { ["Content-Type"] = "application/ocsp-request" }
        function init(args)
          for line in io.lines(os.getenv("PSCA_REQUESTS")) do
            local body = line:gsub("..", function(digits) return string.char(tonumber(digits, 16)) end)
            if nonces then
              local padded = wrk.format("POST", nil, headers, body .. string.rep("n", 32))
              requests[#requests + 1] = padded:sub(1, -33)
            else
              requests[#requests + 1] = wrk.format("POST", nil, headers, body)
            end
          end
          math.randomseed(os.time())
          count = math.random(0, 2000000000)
        end
        function request()
          at = at % #requests + 1
          if not nonces then return requests[at] end
          count = count + 1
          return requests[at] .. string.format("%032d", count)
        end
        local pause = tonumber(os.getenv("PSCA_PAUSE"))
        if pause > 0 then
          function delay() return math.random(0, 2 * pause) end
        end
        function done(summary, latency)
          local errors = summary.errors
          print(string.format("PSCA %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
            errors.connect + errors.read + errors.write + errors.status + errors.timeout))
        end
        """;

    /// <summary>Asks a responder for some seconds.</summary>
    /// <param name="served">Whom.</param>
    /// <param name="requestsPath">The requests, one a line in hexadecimal digits.</param>
    /// <param name="nonces">Whether each is to be followed by a nonce of its own.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="connections">How many.</param>
    /// <param name="pause">How long each connection rests after an answer, in milliseconds: nothing to twice as much, as it happens; 0 for as fast as it can.</param>
    public static LoadFigures Run(ServedProgram served, string requestsPath, bool nonces, int seconds, int connections = Connections, int pause = 0)
    {
        string script = Path.ChangeExtension(requestsPath, ".lua");
        File.WriteAllText(script, Script);
        var start = new ProcessStartInfo("wrk", ["-t", "1", "-c", $"{connections}", "-d", $"{seconds}s", "--timeout", "5s", "-s", script, served.Url.ToString()])
        {
            RedirectStandardOutput = true,
            Environment = { ["PSCA_REQUESTS"] = requestsPath, ["PSCA_NONCE"] = nonces ? "1" : "0", ["PSCA_PAUSE"] = $"{pause}" },
        };
        TimeSpan before = served.ProcessorTime;
        using Process process = Process.Start(start)!;
        TimeSpan generator = default;
        while (!process.HasExited)
        {
            TimeSpan now = ProcessFigures.ProcessorTime(process.Id);
            generator = now > generator ? now : generator;
            Thread.Sleep(50);
        }

        TimeSpan used = served.ProcessorTime - before;
        string line = process.StandardOutput.ReadToEnd().Split('\n').Single(line => line.StartsWith("PSCA ", StringComparison.Ordinal));
        long[] figures = [.. line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        double elapsed = figures[1] / 1e6;
        return new LoadFigures(figures[0] / elapsed, figures[2] / 1e3, figures[3] / 1e3, figures[4], generator.TotalSeconds / elapsed, used.TotalSeconds / elapsed, served.Resident);
    }
}

/// <summary>What a run of load showed.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Errors">Of connections, of HTTP, and what took too long.</param>
/// <param name="GeneratorCores">How many cores the generator used.</param>
/// <param name="ServerCores">How many cores the server used.</param>
/// <param name="Resident">Octets of the server afterwards.</param>
internal sealed record LoadFigures(double PerSecond, double Median, double P99, long Errors, double GeneratorCores, double ServerCores, long Resident);
