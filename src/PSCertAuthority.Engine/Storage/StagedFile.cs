using System;
using System.Text;

namespace PSCertAuthority.Storage;

/// <summary>A file that waits under a temporary name until its unit of work is committed.</summary>
internal sealed record StagedFile(string Temporary, string Final, bool Overwrite)
{
    /// <summary>One line, the paths in base64 so that nothing in them can break it.</summary>
    public string ToLine() => string.Join("\t", "stage", Overwrite ? "1" : "0", Encode(Temporary), Encode(Final));

    /// <summary>Reads a line that <see cref="ToLine"/> made; null if it is torn or something else.</summary>
    public static StagedFile? Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != 4 || fields[0] != "stage") return null;
        try
        {
            return new(Decode(fields[2]), Decode(fields[3]), fields[1] == "1");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Encode(string path) => Convert.ToBase64String(Encoding.UTF8.GetBytes(path));

    private static string Decode(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(field));
}
