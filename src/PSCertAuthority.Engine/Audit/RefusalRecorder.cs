using System;
using System.Globalization;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Audit;

/// <summary>Records refusals up to <see cref="RefusalLimit"/>, and a minute later how many there were beyond it.</summary>
internal sealed class RefusalRecorder(CaStore store, TimeProvider clock)
{
    private readonly RefusalLimit _limit = new(clock);
    private readonly object _timerLock = new();
    private ITimer? _timer;

    public void Record(AuditEntry refusal, AuditEntry? consequence)
    {
        Summarize(atOnce: false);
        bool isRecorded = _limit.Admit();
        if (isRecorded || consequence is not null)
        {
            store.Write(unit =>
            {
                if (isRecorded)
                    unit.Record(refusal.Act, refusal.Target, refusal.Detail);
                if (consequence is not null)
                    unit.Record(consequence.Act, consequence.Target, consequence.Detail);
            });
        }

        if (!isRecorded)
            ScheduleSummary();
    }

    /// <summary>Records the number of those that were only counted.</summary>
    /// <param name="atOnce">Also while their minute has not passed.</param>
    public void Summarize(bool atOnce)
    {
        (int count, DateTime since) = _limit.TakeSuppressed(atOnce);
        if (count == 0)
            return;
        try
        {
            string number = count.ToString(CultureInfo.InvariantCulture);
            using IDisposable nobody = AuditActor.ActForNobody();
            store.Write(unit => unit.Record(
                AuditAct.WebActRefused, $"and {number} more", $"refused since {since.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, not recorded one by one"));
        }
        catch
        {
            _limit.PutBack(count, since);
            throw;
        }
    }

    private void ScheduleSummary()
    {
        lock (_timerLock)
        {
            // The timer must not act for the web user whose refusal happens to start it.
            using IDisposable nobody = AuditActor.ActForNobody();
            _timer ??= clock.CreateTimer(_ => OnMinutePassed(), null, RefusalLimit.Window, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnMinutePassed()
    {
        lock (_timerLock)
        {
            _timer?.Dispose();
            _timer = null;
        }

        try
        {
            Summarize(atOnce: true);
        }
        catch (CaException)
        {
            // Nobody waits for this. The number is kept, and told when the store can be written.
            ScheduleSummary();
        }
    }
}
