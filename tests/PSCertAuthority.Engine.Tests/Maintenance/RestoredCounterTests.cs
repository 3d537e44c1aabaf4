using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Maintenance;

/// <summary>In whichever order stores are backed up, restored and lost, no number is given out for two things.</summary>
public sealed class RestoredCounterTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;
    private readonly List<string> _backups = [];
    private readonly Dictionary<long, string> _crls = [];
    private readonly Dictionary<long, string> _audit = [];
    private readonly List<string> _steps = [];

    public RestoredCounterTests()
    {
        _store = new TestStore(_clock);
        _store.Root(pathLength: 0);
    }

    [Fact]
    public void A_backup_that_is_restored_twice_gives_no_number_out_twice()
    {
        Publish();
        Backup();
        Restore(lost: false);
        Revoke();
        Publish();
        Restore(lost: false);
        Publish();
        Assert.Equal(3, _crls.Count);
    }

    [Fact]
    public void An_older_backup_over_a_newer_store_gives_no_number_out_twice()
    {
        Backup();
        for (int i = 0; i < 3; i++)
        {
            Restore(lost: false);
            Backup();
        }

        Publish();
        Restore(lost: false, index: 0);
        Publish();
        Assert.Equal(2, _crls.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_order_of_backups_restores_and_losses_gives_a_number_out_twice(int seed)
    {
        var random = new Random(seed);
        Backup();
        for (int step = 0; step < 40; step++)
        {
            _clock.Advance(TimeSpan.FromSeconds(random.Next(1, 100_000)));
            switch (random.Next(8))
            {
                case 0: Backup(); break;
                case 1: Restore(lost: false, random.Next(_backups.Count)); break;
                case 2: Restore(lost: true, random.Next(_backups.Count)); break;
                case 3: Revoke(); break;
                case 4: Rekey(); break;
                default: Publish(); break;
            }
        }

        Assert.True(_store.Engine.Care.Test().Passed);
    }

    public void Dispose() => _store.Dispose();

    private void Backup()
    {
        _steps.Add("backup");
        _backups.Add(_store.File($"{_backups.Count}.zip"));
        _store.Engine.Care.Backup(_backups[^1], VerificationPassword, overwrite: false);
    }

    private void Restore(bool lost, int? index = null)
    {
        _steps.Add(lost ? "lost and restored" : "restored");
        Remember();
        if (lost) File.Delete(_store.StorePath);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _store.Engine.Care.Restore(_backups[index ?? _backups.Count - 1], VerificationPassword, withKeys: true, overwrite: true);
        Remember();
    }

    private void Revoke()
    {
        _steps.Add("revoked");
        _store.Engine.Revocations.Revoke(_store.Issue($"/CN={Guid.NewGuid():N}.example.com"), RevocationReason.Superseded, null);
    }

    private void Rekey()
    {
        _steps.Add("new key");
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.Replace });
    }

    private void Publish()
    {
        foreach (CaAuthority authority in _store.Engine.Authorities.List())
        {
            CaCrl crl = _store.Engine.Crls.Create(authority, null, TimeSpan.FromDays(1));
            Assert.True(_crls.TryAdd(crl.Number, crl.Sha256Fingerprint), $"CRL {crl.Number} twice: {string.Join(", ", _steps)}");
            Assert.Equal(_crls.Keys.Max(), crl.Number);
        }

        _steps.Add("published");
    }

    /// <summary>The same number of an audit record always tells of the same.</summary>
    private void Remember()
    {
        foreach (CaAuditRecord record in _store.Engine.Audit.List(new AuditFilter()))
        {
            string text = $"{record.At:O} {record.Act} {record.Target} {record.Detail}";
            if (!_audit.TryAdd(record.Number, text)) Assert.Equal(_audit[record.Number], text);
        }
    }

    private static System.Security.SecureString VerificationPassword => Interoperability.VerificationTests.Secret("Backup-Pass-1");
}
