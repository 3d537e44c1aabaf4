using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>An authority that gets a new key, another name, or is removed while a responder serves it by its name; OpenSSL asks, and trusts one key at a time.</summary>
public sealed class NewKeyTests : IDisposable
{
    private readonly AskedStore _asked = new();
    private readonly CaAuthority _old;

    public NewKeyTests()
    {
        _old = _asked.Store.Root(pathLength: 0);
        _asked.Issue("old");
        _asked.Store.Engine.Revocations.Revoke(_asked.Issue("revoked"), RevocationReason.KeyCompromise, null);
    }

    [JudgedTheory("openssl")]
    [InlineData("name")]
    [InlineData("serial number")]
    [InlineData("nothing")]
    public void Both_keys_are_answered_for_at_once_and_after_a_restart(string by)
    {
        string[] named = by == "nothing" ? [] : ["--authority", by == "name" ? "Root" : _old.SerialNumber];
        using (ServerProgram server = Start([.. named, "--use-authority-key"]).Ready())
        {
            Assert.True(_asked.IsTold(server, "old", "good"));
            CaAuthority renewed = Renew(AuthorityKey.Keep);
            Assert.True(ServerProgram.Poll(() => AskedStore.Crl(server, renewed) is not null));
            CaAuthority replaced = Renew(AuthorityKey.Replace);
            AssertBoth(server, renewed, replaced);
        }

        using ServerProgram again = Start([.. named, "--use-authority-key"]).Ready();
        AssertBoth(again, _old, _asked.Store.Engine.Authorities.Get("Root"));
    }

    [JudgedFact("openssl")]
    public void A_key_that_cannot_be_used_here_is_named_and_the_other_goes_on()
    {
        using ServerProgram server = Start("--authority", "Root", "--use-authority-key").Ready();
        CaAuthority replaced = Renew(AuthorityKey.Replace, "another password");
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Length > 0));
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Contains("KeyPassword")), AskedStore.Health(server).Warnings);
        (bool ready, string warnings) = AskedStore.Health(server);
        Assert.True(ready);
        Assert.Contains($"'Root' ({replaced.SerialNumber}) has no responder key", warnings);
        Assert.DoesNotContain(_old.SerialNumber, warnings);
        Assert.True(_asked.IsTold(server, "old", "good"));
        Assert.NotNull(AskedStore.Crl(server, _old));
    }

    [JudgedFact("openssl")]
    public void Files_serve_the_key_that_they_fit()
    {
        MakeResponder("first");
        File.WriteAllBytes(_asked.File("first.crl"), _asked.Store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToDer());
        string[] arguments = ["--authority", "Root", "--responder", $"Root={_asked.File("first.pem")},{_asked.File("first.key")}", "--crl", "Root=" + _asked.File("first.crl")];
        CaAuthority replaced;
        using (ServerProgram server = Start(arguments).Ready())
        {
            replaced = Renew(AuthorityKey.Replace);
            Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Contains("ResponderCertificateUnfit")), AskedStore.Health(server).Warnings);
            Assert.True(AskedStore.Health(server).Ready);
            Assert.Contains(replaced.SerialNumber, AskedStore.Health(server).Warnings);
            Assert.True(_asked.IsTold(server, "old", "good"));
            Assert.NotNull(AskedStore.Crl(server, _old));
            // A CRL that another key signed is no CRL of this one.
            Assert.Null(AskedStore.Crl(server, replaced));
        }

        MakeResponder("second");
        File.WriteAllBytes(_asked.File("second.crl"), _asked.Store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToDer());
        _asked.Issue("new");
        using ServerProgram both = Start([.. arguments, "--responder", $"Root={_asked.File("second.pem")},{_asked.File("second.key")}", "--crl", "Root=" + _asked.File("second.crl")]).Ready();
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(both) == (true, string.Empty)), AskedStore.Health(both).Warnings);
        Assert.True(_asked.IsTold(both, "old", "good"));
        Assert.True(_asked.IsTold(both, "new", "good"));
        Assert.Equal(File.ReadAllBytes(_asked.File("first.crl")), AskedStore.Crl(both, _old));
        Assert.Equal(File.ReadAllBytes(_asked.File("second.crl")), AskedStore.Crl(both, replaced));
    }

    [JudgedTheory("openssl")]
    [InlineData("Root")]
    [InlineData("Heir")]
    public void What_is_made_anew_under_the_same_name_has_a_signer_of_its_own(string name)
    {
        using ServerProgram server = Start("--use-authority-key").Ready();
        Assert.True(_asked.IsTold(server, "old", "good"));
        byte[] crl = AskedStore.Crl(server, _old)!;
        _asked.Store.Engine.Authorities.Remove("Root", LiveCertificates.Abandon, KeyDisposal.Keep);
        CaAuthority made = _asked.Store.Engine.Authorities.Create(PSCertAuthority.Tests.TestStore.Authority("Root") with { Name = name }).Value;
        _asked.Issue("new", name);
        Assert.True(ServerProgram.Poll(() => _asked.IsTold(server, "new", "good")), _asked.Ask(server, "new"));
        Assert.Contains("unauthorized", _asked.Ask(server, "old"));
        Assert.Null(AskedStore.Crl(server, _old));
        Assert.NotEqual(crl, AskedStore.Crl(server, made));
    }

    [JudgedFact("openssl")]
    public void It_follows_an_authority_that_is_renamed()
    {
        using ServerProgram server = Start("--authority", "Root", "--use-authority-key").Ready();
        Change(unit => unit.Authorities.All().Single() with { Name = "Renamed" });
        Assert.True(ServerProgram.Poll(() => _asked.IsTold(server, "old", "good", "ocsp/Renamed/")), server.Log);
        Assert.Equal((true, string.Empty), AskedStore.Health(server));
        // The address in certificates stays.
        Assert.True(_asked.IsTold(server, "old", "good", "ocsp/Root/"));
        _asked.Store.Engine.Revocations.Revoke(_asked.Issue("late", "Renamed"), RevocationReason.Superseded, null);
        Assert.True(ServerProgram.Poll(() => _asked.IsTold(server, "late", "revoked")));
    }

    [JudgedTheory("openssl")]
    [InlineData("certificate")]
    [InlineData("document")]
    public void An_authority_that_cannot_be_decoded_does_not_end_it(string what)
    {
        CaAuthority other = _asked.Store.Engine.Authorities.Create(PSCertAuthority.Tests.TestStore.Authority("Other")).Value;
        using ServerProgram server = Start("--use-authority-key").Ready();
        if (what == "certificate")
            Change(unit => unit.Authorities.FindById(other.Id)! with { Certificate = [0x30, 0x03, 1, 2, 3] });
        else
            Change(unit => unit.TakeOver(AuthorityTable.CollectionName, [new LiteDB.BsonDocument { ["_id"] = 4711 }]));
        string expected = what == "certificate" ? "'Other' cannot be decoded" : "The store cannot be followed";
        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server).Warnings.Contains(expected)), AskedStore.Health(server).Warnings + server.Log);
        Assert.True(_asked.IsTold(server, "old", "good"));
        Assert.True(_asked.IsTold(server, "revoked", "revoked"));
        Assert.False(server.Process.HasExited);
    }

    private void AssertBoth(ServerProgram server, CaAuthority old, CaAuthority replaced)
    {
        if (!File.Exists(_asked.File("new.pem")))
            _asked.Issue("new");
        foreach ((string name, string status) in new[] { ("new", "good"), ("old", "good"), ("revoked", "revoked") })
        {
            foreach (string path in new[] { "ocsp/", "ocsp/Root/" })
                Assert.True(ServerProgram.Poll(() => _asked.IsTold(server, name, status, path)), $"{name} {path}: " + _asked.Ask(server, name, path) + server.Log);
        }

        Assert.True(ServerProgram.Poll(() => AskedStore.Health(server) == (true, string.Empty)), AskedStore.Health(server).Warnings);
        foreach (CaAuthority key in new[] { old, replaced })
        {
            File.WriteAllBytes(_asked.File("served.crl"), AskedStore.Crl(server, key)!);
            File.WriteAllText(_asked.File("key.pem"), key.ToPem());
            Assert.Contains("verify OK", Tool.Succeed("openssl", "crl", "-inform", "DER", "-in", _asked.File("served.crl"), "-noout", "-CAfile", _asked.File("key.pem")));
        }
    }

    private CaAuthority Renew(AuthorityKey key, string? password = null)
    {
        var secret = password is null ? null : new System.Net.NetworkCredential(string.Empty, password).SecurePassword;
        return _asked.Store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = key, NewPassword = secret }).Value;
    }

    private void MakeResponder(string name)
    {
        IssueOutcome outcome = _asked.Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = _asked.File(name + ".key"), Subject = DistinguishedName.Parse("/CN=" + name), Profile = "ocsp", ValidDays = 5,
        });
        File.WriteAllText(_asked.File(name + ".pem"), (outcome.Certificate ?? throw outcome.Error!).ToPem());
    }

    private void Change(Func<StoreUnit, AuthorityRecord> change) => Change(unit => unit.Authorities.Update(change(unit)));

    private void Change(Action<StoreUnit> change) => new CaStore(_asked.Store.StorePath).Write(unit =>
    {
        change(unit);
        unit.Record(AuditAct.AuthorityChanged, "test");
    });

    private ServerProgram Start(params string[] arguments) => new(["--store", _asked.Store.StorePath, .. arguments]);

    public void Dispose() => _asked.Dispose();
}
