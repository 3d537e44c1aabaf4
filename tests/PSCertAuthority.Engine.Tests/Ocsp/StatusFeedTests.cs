using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Ocsp;

/// <summary>Reading how a store's certificates stand ends at once when it is told to, also in the midst of a unit, which may hold a quarter of a million of them.</summary>
public sealed class StatusFeedTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly CancellationTokenSource _end = new();
    private readonly StatusFeed _feed;
    private readonly int _authority;
    private bool _ends;

    public StatusFeedTests()
    {
        _authority = _store.Root().Id;
        for (int i = 0; i < 3; i++)
            _store.Issue($"/CN=www{i}.example.com");
        _store.Engine.Revocations.Revoke(new CertificateIdentity("www0.example.com"), RevocationReason.Superseded, null);
        _feed = new StatusFeed(new CaStore(_store.StorePath, clock: new EndingClock(this)));
    }

    [Fact]
    public void Certificates()
    {
        _ends = true;
        Assert.Throws<OperationCanceledException>(() => _feed.ReadAll(_authority, _end.Token).First());
    }

    [Fact]
    public void Entries_of_the_next_CRL()
    {
        using IEnumerator<IReadOnlyList<SerialState>> pages = _feed.ReadAll(_authority, _end.Token).GetEnumerator();
        Assert.True(pages.MoveNext());
        Assert.Equal(3, pages.Current.Count);
        _ends = true;
        Assert.Throws<OperationCanceledException>(() => pages.MoveNext());
    }

    [Fact]
    public void Changes()
    {
        _ends = true;
        Assert.Throws<OperationCanceledException>(() => _feed.ReadChanges(FeedPosition.Beginning, _end.Token));
    }

    public void Dispose()
    {
        _end.Dispose();
        _store.Dispose();
    }

    /// <summary>The store looks at it when a unit has begun: later than that nobody has to wait for the lock, which can be given up anyway.</summary>
    private sealed class EndingClock(StatusFeedTests test) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            if (test._ends)
                test._end.Cancel();
            return base.GetUtcNow();
        }
    }
}
