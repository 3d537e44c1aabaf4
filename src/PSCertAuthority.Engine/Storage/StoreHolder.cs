using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Storage;

/// <summary>Who holds the store: what the first line of its journal says.</summary>
internal sealed record StoreHolder(string ProcessId, string ProcessName, string User, string Host, string Since)
{
    private static readonly Lazy<StoreHolder> Current = new(DescribeProcess);

    /// <summary>This process, since <paramref name="since"/>.</summary>
    public static StoreHolder Describe(DateTimeOffset since) =>
        Current.Value with { Since = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) };

    /// <summary>Reads a line that <see cref="ToLine"/> made; null if it is torn.</summary>
    public static StoreHolder? Parse(string? line)
    {
        string[] fields = line?.Split('\t') ?? [];
        return fields.Length == 6 && fields[0] == "holder" ? new(fields[1], fields[2], fields[3], fields[4], fields[5]) : null;
    }

    /// <summary>One line, fields parted by tabs.</summary>
    public string ToLine() => string.Join("\t", "holder", Clean(ProcessId), Clean(ProcessName), Clean(User), Clean(Host), Clean(Since));

    public override string ToString() => $"process {ProcessId} ({ProcessName}) of user {User} on {Host} since {Since}";

    private static string Clean(string field) => new([.. field.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static StoreHolder DescribeProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new(
            process.Id.ToString(CultureInfo.InvariantCulture), process.ProcessName, AccountName.OfProcess, Environment.MachineName, "");
    }
}
