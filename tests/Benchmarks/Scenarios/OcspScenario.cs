using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Benchmarks.Ocsp;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>A thousand serial numbers in turn by keep-alive POST, with 100,000 certificates in the store: from the cache, or with a nonce each, beside other responders.</summary>
internal sealed class OcspScenario : Scenario
{
    private const int Certificates = 100_000;
    private const int Seconds = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-ocsp-").FullName;
    private readonly KeyType _keyType;
    private readonly bool _nonces;
    private readonly string _requests;
    private readonly ServedProgram _ours;
    private readonly ServedProgram? _cfssl;
    private readonly Func<ServedProgram>? _openssl;
    private readonly Dictionary<string, List<LoadFigures>> _figures = [];
    private readonly List<string> _notes = [];

    public OcspScenario(KeyType keyType, bool nonces)
    {
        _keyType = keyType;
        _nonces = nonces;
        if (!IsThere("wrk"))
            throw new InvalidOperationException("wrk is needed to make the load.");
        FilledStore store = FilledStore.Open(keyType, Certificates);
        _requests = Path.Combine(_folder, "requests.txt");
        var writer = new RequestWriter(store.RootPath);
        writer.WriteFile(_requests, store.Serials, nonces);
        _ours = ServedProgram.Ours(store.CopyTo(_folder));
        if (IsThere("openssl"))
            _openssl = () => ServedProgram.OpenSsl(store);
        if (nonces)
            _notes.Add("cfssl ocspserve gives out responses made before, and knows no nonce.");
        else if (IsThere("cfssl"))
            _cfssl = ServedProgram.Cfssl(store, ReadyResponses.Write(_ours, writer, store.Serials, Path.Combine(_folder, "responses.txt")));
    }

    public override string Title => $"OCSP, {(_keyType == KeyType.RSA ? "RSA 2048" : "P-256")}, {(_nonces ? "a nonce in each request" : "without nonce, from the cache")}, {Certificates:N0} certificates";

    public override int Rounds => 3;

    public override IReadOnlyList<Contender> Contenders =>
    [
        Load("PSCertAuthority.Server", _ours),
        .. _cfssl is null ? Array.Empty<Contender>() : [Load("cfssl ocspserve, responses made before", _cfssl)],
        .. _openssl is null ? Array.Empty<Contender>() : [LoadAnew($"openssl ocsp -multi {Environment.ProcessorCount}, no keep-alive", _openssl)],
        .. _nonces ? Limits : [],
    ];

    public override IEnumerable<string> Details =>
    [
        $"  {string.Empty,-46} {"p50 ms",8} {"p99 ms",8} {"errors",7} {"wrk cores",10} {"its cores",10} {"MB",6}",
        .. _figures.Select(pair => string.Create(CultureInfo.InvariantCulture,
            $"  {pair.Key,-46} {Median(pair.Value, f => f.Median),8:N2} {Median(pair.Value, f => f.P99),8:N2} {pair.Value.Sum(f => f.Errors),7} {Median(pair.Value, f => f.GeneratorCores),10:N2} {Median(pair.Value, f => f.ServerCores),10:N2} {Median(pair.Value, f => f.Resident / 1e6),6:N0}")),
        .. _notes.Select(note => "  " + note),
    ];

    private Contender[] Limits =>
    [
        new("openssl speed -multi, nothing else runs", "/s", () => OpenSslSpeed.SignaturesPerSecond(_keyType == KeyType.RSA ? "rsa2048" : "ecdsap256")),
        new("System.Security.Cryptography, nothing else", "/s", () => PlatformSigning.SignaturesPerSecond(_keyType)),
    ];

    public override void Dispose()
    {
        _ours.Dispose();
        _cfssl?.Dispose();
        Directory.Delete(_folder, recursive: true);
        base.Dispose();
    }

    private Contender Load(string name, ServedProgram served) => new(name, "/s", () =>
    {
        LoadFigures figures = Wrk.Run(served, _requests, _nonces, Seconds);
        if (!_figures.TryGetValue(name, out List<LoadFigures>? all))
            _figures[name] = all = [];
        all.Add(figures);
        return figures.PerSecond;
    });

    // When the generator leaves, OpenSSL's responders go on reading the connections that it broke off, and take all cores from whoever comes next.
    private Contender LoadAnew(string name, Func<ServedProgram> start) => new(name, "/s", () =>
    {
        using ServedProgram served = start();
        return Load(name, served).Measure();
    });

    private bool IsThere(string program)
    {
        bool there = NativeProgram.IsThere(program);
        if (!there)
            _notes.Add($"{program} is not on this machine, and left out.");
        return there;
    }

    private static double Median(List<LoadFigures> figures, Func<LoadFigures, double> figure)
    {
        double[] sorted = [.. figures.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
