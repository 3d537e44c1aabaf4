using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using PSCertAuthority.ModuleTests;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>Ready request files through one pipeline into the store, beside <c>openssl ca -infiles</c> and what RSA itself allows.</summary>
internal sealed class IssueScenario : Scenario
{
    private readonly string _keyType;
    private readonly int _count;
    private readonly ModuleSession _session = new();
    private readonly OpenSslAuthority _openssl;
    private readonly IReadOnlyList<string> _requests;

    public IssueScenario(string authority, string keyType, int count)
    {
        _keyType = keyType;
        _count = count;
        _requests = ReadyRequests.WriteMany(_session.PathOf("requests"), count);
        _openssl = new OpenSslAuthority(_session.PathOf("openssl"), keyType);
        _session.Run($"$null = New-CaAuthority {authority} -KeyType {keyType}");
        _session.Run($"$null = New-CaCertificate -Authority {authority} -GenerateKey -KeyPath warm.key -Subject /CN=warm.example.com");
        _session.Run($"$paths = [IO.Directory]::GetFiles('{_session.PathOf("requests")}')");
        Script = $"($paths | New-CaCertificate -Authority {authority} -UseRequestSubject).Count";
    }

    public override string Title => $"{_count} ready P-256 requests, {(_keyType == "RSA" ? "RSA 4096" : "P-256")} authority";

    public override IReadOnlyList<Contender> Contenders =>
    [
        new("$paths | New-CaCertificate", "/s", Ours),
        new("openssl ca -batch -infiles (an emptied index)", "/s", () => _count / _openssl.Issue(_requests).TotalSeconds),
        new("openssl speed -multi 2 (the limit of signing)", "/s", () => OpenSslSpeed.SignaturesPerSecond(_keyType == "RSA" ? "rsa4096" : "ecdsap256")),
    ];

    private string Script { get; }

    public override void Dispose()
    {
        _session.Dispose();
        base.Dispose();
    }

    private double Ours()
    {
        var watch = Stopwatch.StartNew();
        object count = _session.Run(Script)[0].BaseObject;
        double seconds = watch.Elapsed.TotalSeconds;
        return count is int issued && issued == _count ? issued / seconds : throw new InvalidDataException($"{count} certificates, not {_count}.");
    }
}
