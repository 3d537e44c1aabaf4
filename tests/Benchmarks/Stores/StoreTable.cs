using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>Measures rows on a store of a size, each in a process of its own and in turn with its peers, and prints one table.</summary>
internal sealed class StoreTable(int size, TextWriter output)
{
    private const int Rounds = 5;

    /// <param name="names">Which rows; "all" for all.</param>
    public int Run(IReadOnlyList<string> names)
    {
        output.WriteLine($"\n{size} certificates in one store; medians of {Rounds}, {Environment.ProcessorCount} processors");
        output.WriteLine($"  {"what",-72}{"median",10}  {"from",8} {"to",8}   ours to it   peak MB");
        foreach (StoreRow row in StoreRows.All.Where(row => names.Contains("all") || names.Contains(row.Name)))
            Measure(row);
        if (names.Contains("all") || names.Contains("store-cold"))
            MeasureColdStart();
        if (names.Contains("all") || names.Contains("store-import"))
            MeasureImport();
        TellSize();
        return 0;
    }

    private void Measure(StoreRow row)
    {
        string folder = Directory.CreateTempSubdirectory("psca-row-").FullName;
        ReadyRequests.WriteMany(Path.Combine(folder, "ready"), StoreRows.Requests);
        using var worker = new RowWorker(row, new StoreSize(size, row.RevokedPercent), folder, "store");
        using RowWorker? empty = row.IsBesideEmpty ? new RowWorker(row, new StoreSize(0), folder, "empty-store") : null;
        IReadOnlyList<Peer> peers = [.. empty is null ? [] : (Peer[])[new Peer("the same into an empty store", empty.Round)], .. row.Peers(size, folder)];
        var ours = new List<double>();
        var theirs = peers.ToDictionary(peer => peer, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(worker.Round());
            foreach (Peer peer in peers)
                theirs[peer].Add(peer.Measure());
        }

        Tell(row.Title, row.Unit, ours, null, worker.Finish());
        foreach (Peer peer in peers)
            Tell("  " + peer.Name, row.Unit, theirs[peer], Median(ours) / Median(theirs[peer]), string.Empty);
        empty?.Finish();
        Directory.Delete(folder, recursive: true);
    }

    private void MeasureColdStart()
    {
        string folder = Directory.CreateTempSubdirectory("psca-cold-").FullName;
        string store = StoreBuilder.Copy(StoreBuilder.Build(new StoreSize(size)), Path.Combine(folder, "store"));
        string request = ReadyRequests.WriteMany(folder, 1)[0];
        Tell("one certificate from a cold pwsh, over its own start", "s", [.. ColdStart.Measure(folder, store, request, Rounds)], null, string.Empty);
        Directory.Delete(folder, recursive: true);
    }

    private void MeasureImport()
    {
        string folder = Directory.CreateTempSubdirectory("psca-import-").FullName;
        Tell("the module imported into a cold pwsh, over its own start", "s", [.. ColdStart.MeasureImport(folder, Rounds)], null, string.Empty);
        Directory.Delete(folder, recursive: true);
    }

    private void TellSize()
    {
        string path = StoreBuilder.Build(new StoreSize(size));
        var store = new CaStore(path);
        long der = 0, count = 0;
        for (long after = 0; ;)
        {
            long from = after;
            var page = store.Read(unit => unit.Certificates.PageOfRecords(from, 5000));
            der += page.Sum(stored => (long)stored.ToRecord().Certificate.Length);
            count += page.Count;
            if (page.Count == 0)
                break;
            after = page[^1].Number;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  size of the store: {new FileInfo(path).Length / (double)count:N0} octets a certificate, {new FileInfo(path).Length / (double)der:N2} times the DER"));
    }

    private void Tell(string what, string unit, List<double> figures, double? ratio, string peak) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {what,-72}{Figure(Median(figures), unit),10}  {Figure(figures.Min(), unit),8} {Figure(figures.Max(), unit),8}   {(ratio is { } r ? r.ToString("N2", CultureInfo.InvariantCulture) : string.Empty),10}   {peak,7}"));

    private static string Figure(double figure, string unit) => figure.ToString(figure < 100 ? "N1" : "N0", CultureInfo.InvariantCulture) + " " + unit;

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
