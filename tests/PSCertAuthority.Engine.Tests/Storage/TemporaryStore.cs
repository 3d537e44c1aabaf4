using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Tests.Storage;

/// <summary>A directory with a store in it, gone after the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public TemporaryStore()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("psca").FullName;
        Store = new CaStore(Path);
    }

    public string Directory { get; }

    public string Path => System.IO.Path.Combine(Directory, "ca.db");

    public CaStore Store { get; }

    public string[] Files() =>
        [.. System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories).Select(System.IO.Path.GetFileName).Order()!];

    public Process StartWorker(string mode, int first = 0, int count = 0) => StartWorker([mode, Path, Text(first), Text(count)]);

    public static Process StartWorker(params string[] arguments)
    {
        string here = AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar);
        string worker = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(here))!, "PSCertAuthority.StoreWorker",
            System.IO.Path.GetFileName(here), "PSCertAuthority.StoreWorker.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])[worker, .. arguments]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
