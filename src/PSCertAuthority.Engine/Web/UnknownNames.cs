using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Web;

/// <summary>Counts the failures of names that nobody has, so that they are locked as those of users are, and being locked tells nothing.</summary>
internal sealed class UnknownNames
{
    private const int Most = 10_000;

    private readonly Dictionary<string, (int Failures, DateTime LockedUntil)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a failure, unless the name is locked; gives how long it still is.</summary>
    public (bool Tried, TimeSpan? RetryAfter) Attempt(string name, DateTime now)
    {
        lock (_names)
        {
            _names.TryGetValue(name, out (int Failures, DateTime LockedUntil) known);
            if (known.LockedUntil > now)
                return (false, known.LockedUntil - now);
            if (_names.Count >= Most)
                Forget();
            TimeSpan? delay = SignInDelay.After(known.Failures + 1);
            _names[name] = (known.Failures + 1, now + (delay ?? TimeSpan.Zero));
            return (true, delay);
        }
    }

    private void Forget()
    {
        foreach (string name in _names.OrderBy(pair => pair.Value.LockedUntil).Take(Most / 2).Select(pair => pair.Key).ToList())
            _names.Remove(name);
    }
}
