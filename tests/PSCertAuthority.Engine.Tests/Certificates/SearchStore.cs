using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Storage;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>Three authorities with a few hundred certificates whose serial numbers, ends and names meet in all ways.</summary>
internal sealed class SearchStore : IDisposable
{
    private static readonly string[] Words = ["www", "Mail", "db", "VPN", "ünï"];

    private readonly TestStore _store;

    public SearchStore(int certificates)
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(Samples.Start.AddDays(20)));
        _store = new TestStore(Clock);
        Store = new CaStore(_store.StorePath);
        Store.Write(unit =>
        {
            unit.Authorities.Insert(Samples.Authority("Alpha", "0A"));
            unit.Authorities.Insert(Samples.Authority("Beta", "0B"));
            unit.Authorities.Insert(Samples.Authority("Gamma", "0C"));
        });
        Records = [.. Enumerable.Range(0, certificates).Select(Record)];
        foreach (CertificateRecord[] part in Records.Chunk(97))
            Store.Write(unit => unit.Certificates.InsertMany(part));
    }

    public FakeTimeProvider Clock { get; }

    public CaStore Store { get; }

    public CaEngine Engine => _store.Engine;

    /// <summary>In the order in which the store took them.</summary>
    public IReadOnlyList<CertificateRecord> Records { get; }

    public void Dispose() => _store.Dispose();

    /// <summary>All pages of a search.</summary>
    public List<CaCertificate> All(CertificateSearch search)
    {
        var all = new List<CaCertificate>();
        do
        {
            CertificateSearchPage page = Engine.Certificates.Search(search);
            all.AddRange(page.Certificates);
            search = search with { After = page.Next };
        }
        while (search.After is not null);
        return all;
    }

    private static CertificateRecord Record(int i)
    {
        // The same serial number under several authorities, and some that begin as another one does, also with zeros.
        string serial = (i / 3 % 5) switch
        {
            0 => Samples.Serial(1000 + (i / 15)),
            1 => Samples.Serial(1000 + (i / 15)) + "00",
            2 => Samples.Serial(1000 + (i / 15)) + "0001",
            3 => "7A" + Samples.Serial(i / 3),
            _ => "00FF" + Samples.Serial(i / 3) + "FF",
        };
        RevocationReason? revoked = (i * 7 % 11) switch { 0 => RevocationReason.Superseded, 1 => RevocationReason.CertificateHold, _ => null };
        string name = $"{Words[i * 13 % Words.Length]}{i % 40}.example.com";
        return Samples.Certificate(serial, 1 + (i % 3), days: 1 + (i * 31 % 50), revoked) with
        {
            CommonName = i % 17 == 0 ? string.Empty : name,
            Subject = i % 17 == 0 ? $"/O=Nameless {i}" : "/CN=" + name,
            Profile = i % 4 == 0 ? "client" : "webserver",
        };
    }
}
