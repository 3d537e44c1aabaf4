using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Audit;

/// <summary>Which audit records to list; what is left out does not narrow.</summary>
public sealed record AuditFilter
{
    /// <summary>Only these acts; empty for all.</summary>
    public IReadOnlyList<AuditAct> Act { get; init; } = [];

    /// <summary>Only those of this account, whatever the case.</summary>
    public string? Account { get; init; }

    /// <summary>Only those that this user of the web interface asked for, whatever the case.</summary>
    public string? WebUser { get; init; }

    /// <summary>Only those whose object fits; <c>*</c> and <c>?</c> are wildcards.</summary>
    public string? Target { get; init; }

    /// <summary>Only those later than this; without a kind it is local time.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only those before this; without a kind it is local time.</summary>
    public DateTime? Before { get; init; }

    internal bool Fits(CaAuditRecord record) =>
        (Act.Count == 0 || Act.Contains(record.Act))
        && (Account is null || string.Equals(record.Account, Account, StringComparison.OrdinalIgnoreCase))
        && (WebUser is null || string.Equals(record.WebUser, WebUser, StringComparison.OrdinalIgnoreCase))
        && (Target is null || Wildcard.Fits(record.Target, Target))
        && (After is not { } after || record.At.ToUniversalTime() > after.ToUniversalTime())
        && (Before is not { } before || record.At.ToUniversalTime() < before.ToUniversalTime());
}
