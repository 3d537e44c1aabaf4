using System;
using System.IO;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Files and directories of a store that another account owns, may change or has put there as links.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "psca-trust-" + Guid.NewGuid().ToString("N")));
    private readonly string _victim;

    public TrustTests()
    {
        _victim = Path.Combine(_folder.FullName, "victim.txt");
        File.WriteAllText(_victim, "precious");
        if (OperatingSystem.IsLinux())
            OtherAccount.Mode(_folder.FullName, "755");
    }

    public static TheoryData<string> Files => ["", ".lock", ".journal"];

    private string Database => Path.Combine(Store, "ca.db");

    private string Store => Path.Combine(_folder.FullName, "store");

    private CaStore Open => new(Database, lockTimeout: TimeSpan.FromSeconds(1));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_another_account_is_refused_and_left(string file)
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        if (file == ".journal")
            LeaveHostileJournal();
        OtherAccount.Own(OtherAccount.Third, Database + file);
        foreach (Action use in Uses())
        {
            CaStoreException error = AssertError.Id("StoreNotTrusted", use);
            Assert.Contains($"'{Database}{file}' belongs to uid 54321", error.Message);
            Assert.Contains("chown root", error.Message);
        }

        Assert.Equal("precious", File.ReadAllText(_victim));
    }

    [Theory]
    [InlineData(".lock")]
    [InlineData(".journal")]
    public void A_link_is_not_followed(string file)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Make();
        File.Delete(Database + file);
        File.CreateSymbolicLink(Database + file, _victim);
        foreach (Action use in Uses())
            Assert.Contains("is a symbolic link", AssertError.Id("StoreNotTrusted", use).Message);
        Assert.Equal("precious", File.ReadAllText(_victim));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hard_link_and_what_is_no_file_are_refused(string file)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Make();
        string other = Path.Combine(_folder.FullName, "second-name");
        Assert.Equal(0, OtherAccount.HardLink(Database + file, other));
        foreach (Action use in Uses())
            Assert.Contains("2 names", AssertError.Id("StoreNotTrusted", use).Message);
        File.Delete(other);
        Assert.Null(Record.Exception(Uses()[0]));
        if (file.Length == 0)
            return;
        File.Delete(Database + file);
        Assert.Equal(0, OtherAccount.MakePipe(Database + file, 384));
        Assert.Contains("no regular file", AssertError.Id("StoreNotTrusted", Uses()[0]).Message);
    }

    [Theory]
    [InlineData("", "666", "chmod go-w")]
    [InlineData(".lock", "662", "chmod go-w")]
    [InlineData(".journal", "666", "chmod go-w")]
    [InlineData("..", "777", "chmod go-w")]
    [InlineData("..", "757", "chmod go-w")]
    public void What_others_may_change_is_refused(string file, string mode, string remedy)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Make();
        string path = file == ".." ? Store : Database + file;
        OtherAccount.Mode(path, mode);
        foreach (Action use in Uses())
        {
            CaStoreException error = AssertError.Id("StoreNotTrusted", use);
            Assert.Contains($"'{path}' has the mode 0{mode}", error.Message);
            Assert.Contains($"{remedy} '{path}'", error.Message);
        }
    }

    [Theory]
    [InlineData("1777", true)]
    [InlineData("777", false)]
    public void A_directory_above_that_others_may_change_is_refused_unless_it_is_sticky(string mode, bool isTrusted)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Make();
        OtherAccount.Mode(_folder.FullName, mode);
        Assert.Equal(isTrusted ? null : "StoreNotTrusted", (Record.Exception(Uses()[0]) as CaStoreException)?.ErrorId);
        // Nor is a directory made there.
        Assert.Equal(isTrusted, Record.Exception(() => new CaStore(Path.Combine(_folder.FullName, "new", "ca.db")).Write(_ => true)) is null);
        Assert.Equal(isTrusted, Directory.Exists(Path.Combine(_folder.FullName, "new")));
    }

    [Fact]
    public void A_link_on_the_way_counts_with_its_owner_and_with_what_it_leads_to()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        string link = Path.Combine(_folder.FullName, "link"), file = Path.Combine(_folder.FullName, "ca-link.db");
        File.CreateSymbolicLink(link, "store");
        File.CreateSymbolicLink(file, Database);
        foreach (string path in (string[])[Path.Combine(link, "ca.db"), file])
            Assert.NotNull(new CaStore(path).Read(unit => unit.Status().CreatedAt));
        OtherAccount.Own(OtherAccount.Third, link, file);
        foreach (string path in (string[])[Path.Combine(link, "ca.db"), file])
            AssertError.Id("StoreNotTrusted", () => new CaStore(path).Read(unit => unit.Status()));
    }

    [Fact]
    public void Links_that_lead_to_each_other_are_an_error_of_the_store()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string one = Path.Combine(_folder.FullName, "one"), two = Path.Combine(_folder.FullName, "two");
        File.CreateSymbolicLink(one, two);
        File.CreateSymbolicLink(two, one);
        Assert.Throws<CaStoreException>(() => new CaStore(Path.Combine(one, "ca.db")).Write(_ => true));
    }

    [Fact]
    public void An_account_reads_and_writes_what_is_its_own_and_reads_no_store_of_a_third()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Directory.CreateDirectory(Store);
        OtherAccount.Own(OtherAccount.Nobody, Store);
        Assert.Null(OtherAccount.RunAs(OtherAccount.Nobody, () => Open.Write(unit => unit.StageFile(Path.Combine(unit.KeyDirectory, "0A.key"), [7], overwrite: false))));
        Assert.Null(OtherAccount.RunAs(OtherAccount.Nobody, () => Open.Read(unit => unit.Status())));
        OtherAccount.Mode(Store, "755");
        Exception? third = OtherAccount.RunAs(OtherAccount.Third, () => Open.Read(unit => unit.Status()));
        Assert.Contains("belongs to 'nobody' (uid 65534)", Assert.IsType<CaStoreException>(third).Message);
        Assert.Equal("StoreNotTrusted", ((CaStoreException)third).ErrorId);
    }

    [Fact]
    public void Root_reads_the_store_of_another_account_and_changes_nothing_there()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        Give(OtherAccount.Nobody);
        Assert.NotNull(Open.Read(unit => unit.Status().CreatedAt));
        CaStoreException error = AssertError.Id("StoreNotTrusted", () => Open.Write(_ => true));
        Assert.Contains("runuser -u nobody", error.Message);
        LeaveHostileJournal();
        OtherAccount.Own(OtherAccount.Nobody, Database + ".journal");
        Assert.Contains("runuser -u nobody", AssertError.Id("StoreNotTrusted", () => Open.Read(unit => unit.Status())).Message);
        Assert.Equal("precious", File.ReadAllText(_victim));
        File.WriteAllText(Database + ".journal", "holder\t1\tx\ty\tz\t2026-01-01T00:00:00Z\n");
        Assert.NotNull(Open.Read(unit => unit.Status().CreatedAt));
        Assert.NotEqual(0, new FileInfo(Database + ".journal").Length);
        File.Delete(Database + ".lock");
        AssertError.Id("StoreNotTrusted", () => Open.Read(unit => unit.Status()));
        Assert.False(File.Exists(Database + ".lock"));
    }

    [Fact]
    public void Root_does_not_read_the_store_of_an_account_that_others_may_change()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        Give(OtherAccount.Nobody);
        OtherAccount.Own(OtherAccount.Third, Database);
        AssertError.Id("StoreNotTrusted", () => Open.Read(unit => unit.Status()));
        OtherAccount.Own(OtherAccount.Nobody, Database);
        OtherAccount.Mode(Database, "606");
        AssertError.Id("StoreNotTrusted", () => Open.Read(unit => unit.Status()));
    }

    [Fact]
    public void The_private_group_of_an_account_may_write_and_no_other_group()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        // The group root of the account root has no members.
        OtherAccount.Mode(Store, "775");
        OtherAccount.Mode(Database, "660");
        Assert.NotNull(Open.Read(unit => unit.Status().CreatedAt));
        OtherAccount.Own(0, Database);
        Assert.Equal(0, OtherAccount.Group(Database, OtherAccount.Third));
        AssertError.Id("StoreNotTrusted", () => Open.Read(unit => unit.Status()));
    }

    [Theory]
    [InlineData("755", "may read it")]
    [InlineData("777", "may change it")]
    [InlineData("730", "may change it")]
    public void A_key_directory_that_others_may_read_or_change_is_not_used(string mode, string said)
    {
        if (!OtherAccount.IsAvailable)
            return;
        var engine = new CaEngine(Database);
        CaAuthority root = engine.Authorities.Create(TestStore.Authority("Root")).Value;
        string keys = Path.GetDirectoryName(root.KeyFile)!;
        Assert.Equal(0, OtherAccount.Group(keys, OtherAccount.Third));
        OtherAccount.Mode(keys, mode);
        foreach (Action use in (Action[])[() => engine.Crls.Create("Root", null, TimeSpan.FromDays(1)), () => Open.Write(unit => unit.StageFile(Path.Combine(unit.KeyDirectory, "0A.key"), [7], overwrite: false))])
            Assert.Contains(said, AssertError.Id("StoreNotTrusted", use).Message);
        Assert.Single(engine.Authorities.List());
        OtherAccount.Mode(keys, "700");
        OtherAccount.Own(OtherAccount.Third, root.KeyFile);
        Assert.Contains(root.KeyFile, AssertError.Id("StoreNotTrusted", () => engine.Crls.Create("Root", null, TimeSpan.FromDays(1))).Message);
        OtherAccount.Own(0, root.KeyFile);
        engine.Crls.Create("Root", null, TimeSpan.FromDays(1));
    }

    [Fact]
    public void Lock_and_journal_are_for_their_owner_alone()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Make();
        foreach (string mode in (string[])["600", "644", "664"])
        {
            OtherAccount.Mode(Database + ".lock", mode);
            OtherAccount.Mode(Database + ".journal", mode);
            Open.Read(unit => unit.Status());
            Assert.Equal("600", OtherAccount.ModeOf(Database + ".lock"));
            Assert.Equal("600", OtherAccount.ModeOf(Database + ".journal"));
        }
    }

    [Fact]
    public void Nobody_else_can_hold_a_store()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Make();
        OtherAccount.Mode(Store, "755");
        FileStream? held = null;
        Exception? error = OtherAccount.RunAs(OtherAccount.Third, () => held = new FileStream(Database + ".lock", FileMode.Open, FileAccess.Read, FileShare.Read));
        held?.Dispose();
        Assert.IsType<UnauthorizedAccessException>(error);
        Open.Write(_ => true);
    }

    [Fact]
    public void A_key_directory_that_somebody_else_made_first_is_not_used()
    {
        if (!OtherAccount.IsAvailable)
            return;
        OtherAccount.Mode(Directory.CreateDirectory(Store).FullName, "1777");
        OtherAccount.Own(OtherAccount.Third, Directory.CreateDirectory(Path.Combine(Store, "ca.keys")).FullName);
        CaStoreException error = AssertError.Id("StoreNotTrusted", () => Open.Write(unit => unit.StageFile(Path.Combine(unit.KeyDirectory, "0A.key"), [7], overwrite: false)));
        Assert.Contains("ca.keys' belongs to uid 54321", error.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(Store, "ca.keys")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Make() => Open.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));

    private void Give(uint user) => OtherAccount.Own(user, Store, Database, Database + ".lock", Database + ".journal");

    /// <summary>What the issue reports: a journal that has whoever reads next delete a file.</summary>
    private void LeaveHostileJournal() =>
        File.WriteAllText(Database + ".journal", $"stage\t1\t{Convert.ToBase64String(Encoding.UTF8.GetBytes(_victim))}\t{Convert.ToBase64String("/x"u8)}\n");

    private Action[] Uses() =>
    [
        () => Open.Read(unit => unit.Status()),
        () => Open.Write(unit => unit.Certificates.Count()),
        () => Open.Replace(_victim, [], overwrite: true, "x", default),
    ];
}
