using System;

namespace PSCertAuthority.Audit;

/// <summary>How many refusals a minute get a record of their own: whoever floods the web interface shall not flood the store. The others are counted.</summary>
internal sealed class RefusalLimit(TimeProvider clock)
{
    public const int PerMinute = 60;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private DateTime _began;
    private int _admitted;
    private int _suppressed;
    private DateTime _suppressedSince;

    /// <summary>Whether a refusal gets its record; those that do not are counted.</summary>
    public bool Admit()
    {
        lock (_lock)
        {
            DateTime now = clock.GetUtcNow().UtcDateTime;
            if (now - _began >= Window || now < _began)
                (_began, _admitted) = (now, 0);
            if (_admitted < PerMinute)
            {
                _admitted++;
                return true;
            }

            if (_suppressed++ == 0)
                _suppressedSince = now;
            return false;
        }
    }

    /// <summary>Takes the number of those that nothing tells of yet, and since when; 0 while their minute has not passed, unless it need not.</summary>
    public (int Count, DateTime Since) TakeSuppressed(bool atOnce)
    {
        lock (_lock)
        {
            if (!atOnce && clock.GetUtcNow().UtcDateTime - _began < Window)
                return (0, _suppressedSince);
            int count = _suppressed;
            _suppressed = 0;
            return (count, _suppressedSince);
        }
    }

    /// <summary>Puts back what could not be told.</summary>
    public void PutBack(int count, DateTime since)
    {
        lock (_lock)
        {
            _suppressed += count;
            _suppressedSince = since;
        }
    }
}
