using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using PSCertAuthority.Benchmarks.Stores;
using PSCertAuthority.Benchmarks.Web;
using PSCertAuthority.Certificates;
using PSCertAuthority.Web;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>What a user waits for: pages of the real program over TLS on a kept connection, one at a time, with 100,000 certificates in the store.</summary>
internal sealed class WebScenario : Scenario
{
    private const int Certificates = 100_000;
    private const int Requests = 50;
    private const int WarmUp = 10;
    private const int LaterPages = 20;
    private const string Overview = "Overview", List = "Certificates", Password = "correct horse battery staple";

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-web-").FullName;
    private readonly CaEngine _engine;
    private readonly string[] _serials;
    private readonly Dictionary<string, PageTimes> _times = [];
    private readonly List<string> _starts = [];

    public WebScenario()
    {
        _engine = new CaEngine(StoreBuilder.Copy(StoreBuilder.Build(new(Certificates)), _folder));
        _engine.WebUsers.Create("ann", WebRole.Administrator, new NetworkCredential(string.Empty, Password).SecurePassword);
        _serials = [.. Numbers().Select(number => _engine.Certificates.Get(new CertificateIdentity(StoreBuilder.NameOf(number))).SerialNumber[..11])];
    }

    public override string Title => $"Web interface, {Certificates:N0} certificates, {Requests} requests for each page after {WarmUp} to warm up, in each of {Rounds} new programs";

    public override int Rounds => 3;

    public override IReadOnlyList<Contender> Contenders => [new("the slowest of the pages below, median", "ms", Measure)];

    public override IEnumerable<string> Details =>
    [
        $"  {string.Empty,-52} {"p50 ms",8} {"p99 ms",8} {"octets",8}",
        .. _times.Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Key,-52} {pair.Value.Median,8:N1} {pair.Value.P99,8:N1} {pair.Value.Length,8:N0}")),
        .. _starts,
    ];

    public override void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        base.Dispose();
    }

    private double Measure()
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        WebInterface web = _engine.WebInterfaces.Start(new WebInterfaceOptions
        {
            Program = Path.Combine(ModuleTests.ModuleSession.ModulePath, "server", "PSCertAuthority.Server.dll"), Port = 0, Authority = StoreBuilder.Authority,
        }).Value;
        try
        {
            using var visitor = new PageVisitor(web.Url);
            (double page, double signIn) = visitor.SignIn("ann", Password);
            double list = visitor.Get("certificates", List).Milliseconds;
            _starts.Add(string.Create(CultureInfo.InvariantCulture,
                $"  a new program: very first request (sign-in page, with the TLS handshake) {page:N0} ms; password and first overview {signIn:N0} ms; first list {list:N0} ms. Load of the machine before: {load}"));
            return Visit(visitor);
        }
        finally
        {
            WebInterfaceService.Stop(web);
        }
    }

    private double Visit(PageVisitor visitor)
    {
        string[] names = [.. Numbers().Select(StoreBuilder.NameOf)];
        string later = "certificates";
        for (int i = 0; i < LaterPages; i++)
            later = PageVisitor.NextOf(visitor.Get(later, List).Page);
        return new[]
        {
            Time(visitor, "overview", Overview, _ => string.Empty),
            Time(visitor, "certificates, first page", List, _ => "certificates"),
            Time(visitor, $"certificates, page {LaterPages + 1}", List, _ => later),
            Time(visitor, "search by a whole name", List, i => "certificates?q=" + names[i]),
            Time(visitor, "search by five digits within a name", List, i => "certificates?q=" + names[i][6..11]),
            Time(visitor, "search by what is in every name", List, _ => "certificates?q=example.com"),
            Time(visitor, "search by what is nowhere", List, i => "certificates?q=nowhere" + i),
            Time(visitor, "search by the first four octets of a serial number", List, i => "certificates?q=" + _serials[i]),
            Time(visitor, "revoked ones of a profile, by their end", List, _ => "certificates?status=Revoked&profile=client&sort=NotAfter"),
        }.Max();
    }

    private double Time(PageVisitor visitor, string name, string heading, Func<int, string> path)
    {
        if (!_times.TryGetValue(name, out PageTimes? times))
            _times[name] = times = new PageTimes();
        for (int i = 0; i < WarmUp; i++)
            visitor.Get(path(Requests + i), heading);
        var round = new PageTimes();
        for (int i = 0; i < Requests; i++)
        {
            (string page, double milliseconds) = visitor.Get(path(i), heading);
            times.Add(milliseconds, page.Length);
            round.Add(milliseconds, page.Length);
        }

        return round.Median;
    }

    /// <summary>Certificates from all over the store.</summary>
    private static IEnumerable<int> Numbers() => Enumerable.Range(0, Requests + WarmUp).Select(i => (17 + (i * 1627)) % Certificates);
}
