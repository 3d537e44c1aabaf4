using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>A store that is not there (a mistyped path, a volume that is not mounted) is an error, and none is made by chance.</summary>
public sealed class MissingStoreTests : IDisposable
{
    // What comes first on a new store makes it. Get-CaStore says that there is none.
    private static readonly string[] Makers =
        ["New-CaAuthority", "Import-CaAuthority", "Restore-CaStore", "Set-CaSetting", "New-CaProfile", "Set-CaProfile", "Import-CaProfile", "Get-CaStore"];

    // They work on servers, which go on while their store is away, or need no store.
    private static readonly string[] Independent = ["Stop-CaOcspResponder", "Stop-CaWebInterface", "New-CaCertificateRequest", "Get-CaCertificateExtension"];

    private readonly ModuleSession _session = new();
    private readonly CmdletSurface _surface;

    public MissingStoreTests()
    {
        _surface = new CmdletSurface(_session);
        _session.Run("$null = New-CaAuthority Root -KeyType EC");
        _surface.MakeValues("Root");
        // A file where a parameter wants one.
        _session.Run("Export-CaProfile -Path Root");
    }

    public static TheoryData<string> Readers => [.. CmdletSurface.Names.Except(Makers).Except(Independent)];

    public static TheoryData<string> All => [.. CmdletSurface.Names.Except(Independent).Except(["Restore-CaStore"])];

    [Theory]
    [MemberData(nameof(Readers))]
    public void It_is_an_error_of_every_cmdlet_that_does_not_make_one(string cmdlet)
    {
        Assert.Equal("StoreMissing", ErrorIdOf(cmdlet, "away/ca.db"));
        Assert.False(Directory.Exists(_session.PathOf("away")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_of_0_bytes_where_a_store_was_is_an_error_of_every_cmdlet(string cmdlet)
    {
        _session.Run($"$null = New-CaAuthority Old -KeyType EC -StorePath '{_session.PathOf("old.db")}'");
        File.WriteAllBytes(_session.PathOf("old.db"), []);
        File.WriteAllBytes(_session.PathOf("old.db.journal"), []);
        Assert.Equal("StoreEmpty", ErrorIdOf(cmdlet, "old.db"));
        Assert.Equal(0, new FileInfo(_session.PathOf("old.db")).Length);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_of_0_bytes_is_no_store_to_read(string cmdlet)
    {
        File.WriteAllBytes(_session.PathOf("empty.db"), []);
        Assert.Equal("StoreEmpty", ErrorIdOf(cmdlet, "empty.db"));
        Assert.Equal(0, new FileInfo(_session.PathOf("empty.db")).Length);
    }

    [Theory]
    [InlineData("$null = New-CaAuthority First -KeyType EC -StorePath new.db")]
    [InlineData("Set-CaSetting DefaultValidDays 90 -StorePath new.db")]
    [InlineData("$null = New-CaProfile own -StorePath new.db")]
    [InlineData("Set-CaProfile client -ValidDays 90 -StorePath new.db")]
    [InlineData("Export-CaProfile -Path p.json; $null = Import-CaProfile p.json -Confirm:$false -StorePath new.db")]
    [InlineData("Export-CaAuthority Root -Path root.pem; $null = Import-CaAuthority root.pem -StorePath new.db")]
    [InlineData("$null = Backup-CaStore b.zip; $null = Restore-CaStore b.zip -StorePath new.db")]
    public void What_comes_first_makes_one_and_takes_an_empty_file_that_was_made_for_it(string script)
    {
        _session.Run(script);
        Assert.Equal("True", _session.Run("(Get-CaStore -StorePath new.db).Exists").Single().ToString());
        File.WriteAllBytes(_session.PathOf("prepared.db"), []);
        if (script.Contains("First", StringComparison.Ordinal))
            _session.Run(script.Replace("new.db", "prepared.db", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_CaStore_says_that_there_is_none() => Assert.Equal("False", _session.Run("(Get-CaStore -StorePath away/ca.db).Exists").Single().ToString());

    [Fact]
    public void Completion_stays_silent() => Assert.Empty(_session.Complete($"Get-CaCertificate -StorePath '{_session.PathOf("away.db")}' -Identity a"));

    private string ErrorIdOf(string cmdlet, string store)
    {
        string others = _surface.Parameters(cmdlet).Single(p => p.Parameter.Name == "StorePath").Others;
        string confirm = _surface.HasConfirm(cmdlet) ? " -Confirm:$false" : string.Empty;
        _session.Invoke($"$given = @{{ {others} }}; {cmdlet} @given{confirm} -StorePath '{_session.PathOf(store)}'");
        Assert.True(_session.Errors.Count == 1, $"{cmdlet} ({others}): {string.Join(", ", _session.Errors.Select(e => e.FullyQualifiedErrorId))}");
        return _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0];
    }

    public void Dispose() => _session.Dispose();
}
