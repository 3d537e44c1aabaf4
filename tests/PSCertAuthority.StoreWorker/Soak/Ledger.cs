using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PSCertAuthority.Soak;

/// <summary>What workers were told that it is done, a line each, in files that only grow. A line is there before its worker can be killed for it.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly FileStream _stream;

    public Ledger(string folder) =>
        _stream = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.acts"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1);

    /// <summary>One write of the whole line: it is in the file, or a torn last line is ignored.</summary>
    public void Write(string act, params string[] about)
    {
        byte[] line = Encoding.UTF8.GetBytes(string.Join('\t', [act, .. about]) + "\n");
        _stream.Write(line);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>All acts of all workers, as act and what it was about.</summary>
    public static IEnumerable<(string Act, string[] About)> ReadAll(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.acts")
        from line in WholeLines(file)
        let fields = line.Split('\t')
        select (fields[0], fields[1..]);

    private static IEnumerable<string> WholeLines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
