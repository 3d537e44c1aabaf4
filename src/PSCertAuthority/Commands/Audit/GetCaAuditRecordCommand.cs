using System;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Commands;

/// <summary>Lists who changed what in the store, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "CaAuditRecord")]
[OutputType(typeof(CaAuditRecord))]
public sealed class GetCaAuditRecordCommand : CaCommand
{
    /// <summary>Only these acts.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public AuditAct[] Act { get; set; } = [];

    /// <summary>Only those of this account.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccountCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>Only those that this user of the web interface asked for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebUserCompleter))]
    [ValidateNotNullOrEmpty]
    public string? WebUser { get; set; }

    /// <summary>Only those whose object fits, with the wildcards * and ?.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>Only those later than this.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only those before this.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(StorePath, () =>
    {
        var filter = new AuditFilter { Act = Act, Account = Account, WebUser = WebUser, Target = Target, After = After, Before = Before };
        foreach (CaAuditRecord record in Engine.Audit.List(filter, Cancellation))
            WriteObject(record);
    });
}
