using System;

namespace PSCertAuthority.Soak;

/// <summary>A clock that somebody sets back and forward.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    /// <summary>How far it is off.</summary>
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
