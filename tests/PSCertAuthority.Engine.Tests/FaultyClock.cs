using System;
using System.Diagnostics;
using System.Linq;

namespace PSCertAuthority.Tests;

/// <summary>Throws where the code that asks for the time is reached through the given method; so often, or always.</summary>
internal sealed class FaultyClock : TimeProvider
{
    private readonly object _lock = new();
    private string[] _callers = [];
    private Func<Exception>? _fault;
    private int _left;

    public void FailIn(Func<Exception> fault, int times, params string[] callers)
    {
        lock (_lock)
            (_fault, _left, _callers) = (fault, times, callers);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_fault is not null && _left > 0 && new StackTrace().ToString() is var stack && _callers.All(caller => stack.Contains(caller, StringComparison.Ordinal)))
            {
                _left--;
                throw _fault();
            }
        }

        return TimeProvider.System.GetUtcNow();
    }
}
