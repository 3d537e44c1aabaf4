using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;

namespace PSCertAuthority.Storage;

/// <summary>
/// The file beside the store that says who holds it, and which files its unit of work is about to bring into place.
/// </summary>
/// <remarks>
/// It is empty between units. Whoever gets the lock and finds it filled knows that the last holder died, and finishes
/// or undoes what that one had begun: what its transaction committed is brought into place, anything else is deleted.
/// </remarks>
internal sealed class StoreJournal : IDisposable
{
    private const char Separator = '\t';

    private static readonly string Holder = DescribeProcess();

    private readonly FileStream _file;

    public StoreJournal(string storePath)
    {
        _file = new FileStream(
            PathFor(storePath), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        Unfinished = ReadIntents();
    }

    /// <summary>What a holder that died had begun; empty after a clean end.</summary>
    public IReadOnlyList<StagedFile> Unfinished { get; }

    public void Begin()
    {
        _file.SetLength(0);
        WriteLine(string.Join(Separator.ToString(), Holder, Environment.UserName, Environment.MachineName,
            DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }

    /// <summary>Notes a file before it is created.</summary>
    public void Note(StagedFile file) => WriteLine(string.Join(
        Separator.ToString(), file.Unit.ToString(CultureInfo.InvariantCulture), Encode(file.Temporary), Encode(file.Final), file.Overwrite ? "1" : "0", "."));

    public void Clear() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();

    public static string DescribeHolder(string storePath)
    {
        try
        {
            using var file = new FileStream(PathFor(storePath), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            string[] fields = (reader.ReadLine() ?? string.Empty).Split(Separator);
            return fields.Length >= 5
                ? $"process {fields[0]} ({fields[1]}) of {fields[2]} on {fields[3]}, since {fields[4]},"
                : "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    private static string DescribeProcess()
    {
        using Process process = Process.GetCurrentProcess();
        return $"{process.Id}{Separator}{process.ProcessName}";
    }

    private static string PathFor(string storePath) => storePath + ".journal";

    private List<StagedFile> ReadIntents()
    {
        var intents = new List<StagedFile>();
        var reader = new StreamReader(_file, Encoding.UTF8, false, 4096, leaveOpen: true);
        _ = reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            // A line that was cut off lacks its closing dot; its file was not yet created.
            string[] fields = line.Split(Separator);
            if (fields.Length == 5 && fields[4] == "." && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long unit))
                intents.Add(new StagedFile(unit, Decode(fields[1]), Decode(fields[2]), fields[3] == "1"));
        }

        return intents;
    }

    private void WriteLine(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        _file.Seek(0, SeekOrigin.End);
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush();
    }

    private static string Encode(string path) => Convert.ToBase64String(Encoding.UTF8.GetBytes(path));

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
