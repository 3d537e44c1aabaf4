using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Benchmarks.Ocsp;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>From the start of the program to its first answer, and the memory that takes.</summary>
internal sealed class OcspReadyScenario : Scenario
{
    private readonly List<string> _details = [];

    public override string Title => "OCSP, from the start to ready";

    public override IReadOnlyList<Contender> Contenders => [Start(100_000), Start(1_000_000)];

    public override IEnumerable<string> Details => _details.Order();

    private Contender Start(int count) => new($"{count:N0} certificates", "ms", () =>
    {
        FilledStore store = FilledStore.Open(KeyType.EC, count);
        using ServedProgram served = ServedProgram.Ours(store.StorePath);
        _details.Add(string.Create(CultureInfo.InvariantCulture, $"  {count,9:N0} certificates: {served.Peak / 1e6:N0} MB at most, {served.Resident / 1e6:N0} MB when ready"));
        return served.ReadyAfter.TotalMilliseconds;
    });
}
