using System;
using System.IO;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Storage.Tests;

/// <summary>No output takes the place of a store's own files, on whatever way its path leads there.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private readonly TestStore _store = new();

    [Theory]
    [InlineData("ca.db"), InlineData("ca.db.lock"), InlineData("ca.db.journal"), InlineData("ca.keys"), InlineData("ca.keys/x.key"), InlineData("ca.keys/deep/x.key"), InlineData("ca.keys/../ca.db"), InlineData("CA.DB")]
    [InlineData("link.db"), InlineData("folder/ca.db"), InlineData("folder/ca.keys/x.key"), InlineData("keys/new.key"), InlineData("chain/new.key"), InlineData("vault/x.key")]
    public void What_is_the_stores_is_refused(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        _store.Root();
        _store.Engine.Settings.Set("KeyDirectory", _store.File("vault"));
        File.CreateSymbolicLink(_store.File("link.db"), _store.StorePath);
        Directory.CreateSymbolicLink(_store.File("folder"), _store.Folder);
        Directory.CreateSymbolicLink(_store.File("keys"), _store.File("ca.keys"));
        Directory.CreateSymbolicLink(_store.File("chain"), _store.File("keys"));
        Assert.Equal("PathIsOfStore", Assert.Throws<CaStoreException>(() => new CaEngine(_store.StorePath).RequireOutsideStore(_store.File(path))).ErrorId);
    }

    [Theory]
    [InlineData("a.key"), InlineData("ca.keys.zip"), InlineData("ca.keysx/a.key"), InlineData("ca.db.bak"), InlineData("missing/folder/ca.db"), InlineData("loop")]
    public void What_lies_beside_is_not(string path)
    {
        _store.Root();
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(_store.File("loop"), _store.File("loop"));
        new CaEngine(_store.StorePath).RequireOutsideStore(_store.File(path));
    }

    [Fact]
    public void Nor_is_anything_but_its_names_where_there_is_no_store_yet()
    {
        var engine = new CaEngine(_store.File("new.db"));
        engine.RequireOutsideStore(_store.File("a.key"));
        Assert.Throws<CaStoreException>(() => engine.RequireOutsideStore(_store.File("new.keys/a.key")));
        Assert.False(File.Exists(_store.File("new.db")));
    }

    public void Dispose() => _store.Dispose();
}
