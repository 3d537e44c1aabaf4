using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Imports;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Which key file is whose: a certificate from elsewhere has chosen its serial number, and claims nobody's key by it.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly OddCertificates _odd;

    public KeyFileTests() => _odd = new OddCertificates(_store);

    [JudgedTheory("openssl")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chosen_serial_number_claims_no_key(bool pending)
    {
        CaAuthority victim = pending
            ? _store.Engine.Authorities.Create(TestStore.Authority("Root") with { RequestPath = _store.File("root.csr") }).Value
            : _store.Root();
        string twin = TwinOf(victim);
        CaAuthority imported = Import(twin);
        Assert.False(imported.HasPrivateKey);
        Assert.NotEqual(victim.KeyFile, imported.KeyFile);
        Assert.False(_store.Engine.Authorities.Remove(imported, LiveCertificates.Refuse, KeyDisposal.Delete).KeyIsDeleted);
        Assert.True(_store.Engine.Authorities.GetAll("Root").Single().HasPrivateKey);

        imported = Import(twin, Path.ChangeExtension(twin, ".key"));
        Assert.True(imported.HasPrivateKey);
        Assert.NotNull(_store.Issue("/CN=a.example.com", "Twin"));
        Assert.True(_store.Engine.Authorities.Remove(imported, LiveCertificates.Abandon, KeyDisposal.Delete).KeyIsDeleted);
        Assert.False(File.Exists(imported.KeyFile));
        Assert.True(_store.Engine.Authorities.GetAll("Root").Single().HasPrivateKey);
        Assert.EndsWith("its private key was deleted", _store.Engine.Audit.List(new AuditFilter()).Last(record => record.Act == AuditAct.AuthorityRemoved).Detail);
    }

    [JudgedFact("openssl")]
    public void Where_a_store_of_an_earlier_version_names_one_file_twice_it_is_whose_key_it_holds()
    {
        CaAuthority root = _store.Root();
        string twin = TwinOf(root);
        Import(twin);
        new CaStore(_store.StorePath).Write(unit =>
        {
            AuthorityRecord record = unit.Authorities.FindByName("Twin")!;
            unit.Authorities.Update(record with { KeyFile = unit.Authorities.FindByName("Root")!.KeyFile });
        });
        Assert.False(Twin().HasPrivateKey);
        Assert.True(_store.Engine.Authorities.Get("Root").HasPrivateKey);
        Assert.Equal(1, _store.Engine.Describe().KeyCount);
        Assert.True(_store.Engine.Care.Test().Passed);
        // Its own key comes beside it.
        Import(twin, Path.ChangeExtension(twin, ".key"));
        Assert.True(Twin().HasPrivateKey);
        Assert.NotEqual(root.KeyFile, Twin().KeyFile);

        new CaStore(_store.StorePath).Write(unit => unit.Authorities.Update(unit.Authorities.FindByName("Twin")! with { KeyFile = Path.GetFileName(root.KeyFile) }));
        Assert.False(_store.Engine.Authorities.Remove("Twin", LiveCertificates.Refuse, KeyDisposal.Delete).KeyIsDeleted);
        Assert.NotNull(_store.Issue("/CN=a.example.com"));

        CaAuthority Twin() => _store.Engine.Authorities.Get("Twin");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_authority_that_was_removed_comes_back_with_the_key_that_it_left(bool encrypted)
    {
        SecureString? password = encrypted ? VerificationTests.Secret("secret one") : null;
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root") with { Password = password }).Value;
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        File.Copy(root.KeyFile, _store.File("root.key"));
        foreach (string keyPath in new[] { root.KeyFile, _store.File("root.key"), root.KeyFile })
        {
            RemovedAuthority removed = _store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Keep);
            Assert.False(removed.KeyIsDeleted);
            Assert.EndsWith("its private key was kept", _store.Engine.Audit.List(new AuditFilter()).Last().Detail);
            CaAuthority again = Import(_store.File("root.pem"), keyPath, "Root", password);
            Assert.Equal((root.KeyFile, true), (again.KeyFile, again.HasPrivateKey));
        }

        Assert.True(_store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Delete).KeyIsDeleted);
        for (int time = 0; time < 2; time++)
        {
            Assert.True(Import(_store.File("root.pem"), _store.File("root.key"), "Root", password).HasPrivateKey);
            _store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Keep);
        }

        Assert.Single(Directory.GetFiles(_store.Engine.Describe().KeyDirectory));
    }

    private string TwinOf(CaAuthority victim) =>
        _odd.SelfSigned("Twin", "0x" + Path.GetFileNameWithoutExtension(victim.KeyFile), OddCertificates.Authority, "keyUsage=critical,keyCertSign,cRLSign");

    private CaAuthority Import(string path, string? keyPath = null, string? name = null, SecureString? password = null)
    {
        Issued<IReadOnlyList<string>> imported = _store.Engine.Imports.ImportAuthority(
            new AuthorityImportRequest { Source = new FileSource(path, keyPath), Name = name, Password = password });
        return _store.Engine.Authorities.Get(Assert.Single(imported.Value));
    }

    public void Dispose() => _store.Dispose();
}
