using System.Collections.Generic;

namespace PSCertAuthority.Maintenance;

/// <summary>Gathers findings; of one kind only so many are told, since a broken index is wrong a million times.</summary>
internal sealed class StoreFindings
{
    private const int MostOfOneKind = 100;

    private readonly List<CaStoreFinding> _findings = [];
    private readonly Dictionary<string, int> _counts = [];

    public IReadOnlyList<CaStoreFinding> All => _findings;

    public void Error(string kind, string target, string message) => Add(FindingSeverity.Error, kind, target, message);

    public void Warn(string kind, string target, string message) => Add(FindingSeverity.Warning, kind, target, message);

    public void Tell(string kind, string target, string message) => Add(FindingSeverity.Information, kind, target, message);

    private void Add(FindingSeverity severity, string kind, string target, string message)
    {
        int count = _counts[kind] = (_counts.TryGetValue(kind, out int before) ? before : 0) + 1;
        if (count <= MostOfOneKind)
            _findings.Add(new CaStoreFinding(severity, kind, target, message));
        else if (count == MostOfOneKind + 1)
            _findings.Add(new CaStoreFinding(severity, kind, string.Empty, "There are more of this kind, which are not listed."));
    }
}
