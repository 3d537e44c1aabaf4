using System.Linq;

namespace PSCertAuthority.Audit;

/// <summary>What a stranger sent, as it may stand in an audit record: on one line, and not long.</summary>
internal static class AuditText
{
    private const int MaximumLength = 300;

    public static string Clean(string text)
    {
        var line = new string([.. text.Take(MaximumLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        return text.Length <= MaximumLength ? line : line + "…";
    }
}
