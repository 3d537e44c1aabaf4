using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Benchmarks.Stores;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>How long the web interface's lists take: the median of eleven, as wall clock and as the processor's time.</summary>
internal static class SearchTimes
{
    private const int Runs = 11;

    public static int Run(int certificates, TextWriter output)
    {
        var engine = new CaEngine(StoreBuilder.Build(new(certificates, 10)));
        Time(output, "overview", () => engine.Overview().EndSoonCount);
        foreach (CertificateSort sort in Enum.GetValues<CertificateSort>())
        {
            foreach (SortDirection direction in Enum.GetValues<SortDirection>())
            {
                var search = new CertificateSearch { Sort = sort, Direction = direction };
                Time(output, $"first page by {sort}, {direction}", () => engine.Certificates.Search(search).Certificates.Count);
                string? next = engine.Certificates.Search(search).Next;
                Time(output, $"second page by {sort}, {direction}", () => engine.Certificates.Search(search with { After = next }).Certificates.Count);
            }

            Time(output, $"text of many by {sort}", () => engine.Certificates.Search(new CertificateSearch { Sort = sort, Text = "example" }).Certificates.Count);
            Time(output, $"text of few by {sort}", () => engine.Certificates.Search(new CertificateSearch { Sort = sort, Text = "0000123" }).Certificates.Count);
            Time(output, $"text of none by {sort}", () => engine.Certificates.Search(new CertificateSearch { Sort = sort, Text = "nowhere" }).Certificates.Count);
            Time(output, $"revoked of one authority by {sort}", () => engine.Certificates.Search(
                new CertificateSearch { Sort = sort, Authority = new AuthorityIdentity(StoreBuilder.Authority), Status = [CertificateStatus.Revoked] }).Certificates.Count);
        }

        Time(output, "profile of one in ten", () => engine.Certificates.Search(new CertificateSearch { Profile = "ocsp" }).Certificates.Count);
        Time(output, "profile of none (5000 read)", () => engine.Certificates.Search(new CertificateSearch { Profile = "none" }).Certificates.Count);
        Time(output, "contents of none (5000 read)", () => engine.Certificates.Search(new CertificateSearch { Text = "nowhere", Scope = SearchScope.Contents }).Certificates.Count);
        return 0;
    }

    private static void Time(TextWriter output, string what, Func<int> work)
    {
        int found = work();
        var process = Process.GetCurrentProcess();
        (double Wall, double Processor)[] times = [.. Enumerable.Range(0, Runs).Select(_ =>
        {
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            work();
            double wall = watch.Elapsed.TotalMilliseconds;
            process.Refresh();
            return (wall, (process.TotalProcessorTime - before).TotalMilliseconds);
        })];
        double Median(Func<(double Wall, double Processor), double> part) => times.Select(part).Order().ElementAt(Runs / 2);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-44} {found,4} found {Median(time => time.Wall),8:N1} ms {Median(time => time.Processor),8:N1} ms processor"));
    }
}
