using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Soak;

/// <summary>One process of the soak: it does its part of the work until it is killed, and writes down what it was told is done.</summary>
internal sealed class SoakWorker : IDisposable
{
    /// <summary>The parts; the processes take them in turn.</summary>
    public static readonly string[] Roles = ["issue", "issue", "issue-key", "revoke", "revoke", "crl", "list", "backup"];

    private readonly string _folder;
    private readonly string _role;
    private readonly bool _clockMoves;
    private readonly ShiftedClock _clock = new();
    private readonly CaEngine _engine;
    private readonly Ledger _ledger;
    private readonly Random _random = new();

    /// <param name="folder">The folder of the soak.</param>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="clockMoves">Whether the clock is set back and forward now and then.</param>
    public SoakWorker(string folder, string role, bool clockMoves)
    {
        _folder = folder;
        _role = role;
        _clockMoves = clockMoves;
        _engine = new CaEngine(SoakFolder.Store(folder), lockWait: TimeSpan.FromMinutes(2), clock: _clock);
        _ledger = new Ledger(SoakFolder.Acts(folder));
    }

    public void Run()
    {
        while (true)
        {
            if (_clockMoves)
                _clock.Shift = TimeSpan.FromHours(_random.Next(-72, 73));
            try
            {
                Act();
            }
            catch (CaException e)
            {
                // What a full disk, a read-only one, a lock or the clock brings about is to be an error with an id.
                _ledger.Write("error", e.ErrorId);
                System.Threading.Thread.Sleep(20);
            }
            catch (Exception e)
            {
                _ledger.Write("fault", e.GetType().Name, e.ToString().ReplaceLineEndings(" | "));
            }
        }
    }

    public void Dispose() => _ledger.Dispose();

    private void Act()
    {
        switch (_role)
        {
            case "issue":
                Issue(_random.Next(1, 30));
                break;
            case "issue-key":
                IssueWithKey();
                break;
            case "revoke":
                Revoke();
                break;
            case "crl":
                CaCrl crl = _engine.Crls.Create("Issuing", null, TimeSpan.FromHours(1));
                _ledger.Write("crl", $"{crl.Number}");
                break;
            case "list":
                List();
                break;
            default:
                string path = Path.Combine(_folder, "disk", "backup.zip");
                _engine.Care.Backup(path, null, overwrite: true);
                _ledger.Write("backup");
                break;
        }
    }

    private void Issue(int count)
    {
        using IssuancePipeline pipeline = _engine.BeginIssuance();
        for (int i = 0; i < count; i++)
            pipeline.Submit(new CertificateIssueRequest { Authority = "Issuing", RequestPath = SoakFolder.Request(_folder), Subject = NewName() });
        foreach (IssueOutcome outcome in pipeline.Complete())
        {
            if (outcome.Certificate is { } certificate)
                _ledger.Write("issued", certificate.SerialNumber, certificate.Sha256Fingerprint);
            else
                _ledger.Write("error", (outcome.Error as CaException)?.ErrorId ?? outcome.Error!.ToString().ReplaceLineEndings(" | "));
        }
    }

    private void IssueWithKey()
    {
        using IssuancePipeline pipeline = _engine.BeginIssuance();
        string key = Path.Combine(_folder, "disk", "keys", $"{Guid.NewGuid():N}.key");
        pipeline.Submit(new CertificateIssueRequest { Authority = "Issuing", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = key, Subject = NewName() });
        IssueOutcome outcome = pipeline.Complete().Single();
        if (outcome.Error is not null)
            throw outcome.Error;
        _ledger.Write("issued", outcome.Certificate!.SerialNumber, outcome.Certificate.Sha256Fingerprint);
        _ledger.Write("key", key);
    }

    private void Revoke()
    {
        CaCertificate[] some = [.. _engine.Certificates.List(new CertificateFilter { Authority = "Issuing" }).Skip(_random.Next(300)).Take(_random.Next(1, 20))];
        using RevocationPipeline pipeline = _engine.Revocations.Begin();
        foreach (CaCertificate certificate in some)
            pipeline.Revoke(certificate, RevocationReason.Superseded, null);
        foreach (RevocationOutcome outcome in pipeline.Complete())
        {
            if (outcome.Certificate is { } revoked)
                _ledger.Write("revoked", revoked.SerialNumber);
            else
                _ledger.Write("error", (outcome.Error as CaException)?.ErrorId ?? outcome.Error!.ToString().ReplaceLineEndings(" | "));
        }
    }

    /// <summary>A listing has at least what was acknowledged before it began, and nothing twice.</summary>
    private void List()
    {
        var acknowledged = new HashSet<string>(Ledger.ReadAll(SoakFolder.Acts(_folder)).Where(act => act.Act == "issued").Select(act => act.About[0]));
        var seen = new HashSet<string>();
        // A certificate that is revoked while the listing is under way may come in both states; the listing of one state has it once.
        foreach (CertificateStatus status in Enum.GetValues<CertificateStatus>())
        {
            var once = new HashSet<string>();
            foreach (CaCertificate certificate in _engine.Certificates.List(new CertificateFilter { Authority = "Issuing", Status = [status] }))
            {
                seen.Add(certificate.SerialNumber);
                if (!once.Add(certificate.SerialNumber))
                    _ledger.Write("fault", "ListedTwice", certificate.SerialNumber);
            }
        }

        acknowledged.ExceptWith(seen);
        foreach (string missing in acknowledged)
            _ledger.Write("fault", "NotListed", missing);
        _ledger.Write("listed", $"{seen.Count}");
    }

    private static DistinguishedName NewName() => DistinguishedName.Parse($"/CN={Guid.NewGuid():N}.example.com");
}
