using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>A process that does a row on a store of its own, a round when it is told to (<see cref="StoreRowWorker"/>).</summary>
internal sealed class RowWorker : IDisposable
{
    private readonly StoreRow _row;
    private readonly Process _process;

    /// <param name="row">What it does.</param>
    /// <param name="size">On a copy of which store.</param>
    /// <param name="folder">Where the copy is made; the requests are in its folder <c>ready</c>.</param>
    /// <param name="name">The folder of the copy.</param>
    public RowWorker(StoreRow row, StoreSize size, string folder, string name)
    {
        _row = row;
        string store = StoreBuilder.Copy(StoreBuilder.Build(size), Path.Combine(folder, name));
        string[] arguments = [Assembly.GetEntryAssembly()!.Location, "store-row", row.Name, store, Path.Combine(folder, "ready"), size.Certificates.ToString(CultureInfo.InvariantCulture)];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Does it once, and gives the figure in the unit of the row.</summary>
    public double Round()
    {
        _process.StandardInput.WriteLine();
        return double.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The row {_row.Name} failed."), CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the process, and gives its peak memory in MB.</summary>
    public string Finish()
    {
        _process.StandardInput.Close();
        string peak = _process.StandardOutput.ReadLine() ?? string.Empty;
        _process.WaitForExit();
        return peak;
    }

    public void Dispose() => _process.Dispose();
}
