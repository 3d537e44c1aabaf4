using System.Diagnostics;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class SoakTests
{
    /// <summary>The short form of <c>dotnet run --project tests/Benchmarks -- soak --minutes N</c>.</summary>
    [Fact]
    public void Eight_processes_that_are_killed_at_random_lose_nothing_on_any_disk()
    {
        using Process soak = TemporaryStore.StartWorker("soak", "15");
        string told = soak.StandardOutput.ReadToEnd();
        soak.WaitForExit();
        Assert.True(soak.ExitCode == 0, told);
        Assert.Contains("losses:            0", told);
    }
}
