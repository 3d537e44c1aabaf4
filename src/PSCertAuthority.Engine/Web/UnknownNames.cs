using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Web;

/// <summary>Counts the failures of names that nobody has, so that they are locked as those of users are, and being locked tells nothing.</summary>
internal sealed class UnknownNames
{
    private const int Most = 10_000;

    private readonly Dictionary<string, (int Failures, DateTime LockedUntil)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a name is still locked; negative for one that no longer is, null for one that never failed.</summary>
    public TimeSpan? LockedFor(string name, DateTime now)
    {
        lock (_names)
            return _names.TryGetValue(name, out (int Failures, DateTime LockedUntil) known) ? known.LockedUntil - now : null;
    }

    /// <summary>Counts a failure; gives how long the name is locked by it, null for not at all.</summary>
    public TimeSpan? Count(string name, DateTime now)
    {
        lock (_names)
        {
            _names.TryGetValue(name, out (int Failures, DateTime LockedUntil) known);
            if (_names.Count >= Most)
                Forget();
            TimeSpan? delay = SignInDelay.After(known.Failures + 1);
            _names[name] = (known.Failures + 1, now + (delay ?? TimeSpan.Zero));
            return delay;
        }
    }

    private void Forget()
    {
        foreach (string name in _names.OrderBy(pair => pair.Value.LockedUntil).Take(Most / 2).Select(pair => pair.Key).ToList())
            _names.Remove(name);
    }
}
