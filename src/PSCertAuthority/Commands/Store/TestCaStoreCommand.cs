using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Maintenance;

namespace PSCertAuthority.Commands;

/// <summary>Reads everything in the store, and verifies every signature, index, key file and the chain of audit records. It changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CaStore")]
[OutputType(typeof(CaStoreTestResult), typeof(bool))]
public sealed class TestCaStoreCommand : StoreCareCommand
{
    /// <summary>Says only whether nothing is wrong.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(StorePath, () =>
    {
        CaStoreTestResult result = Engine.Care.Test(Report, Cancellation);
        foreach (CaStoreFinding finding in result.Findings)
            WriteVerbose(finding.ToString());
        WriteObject(Quiet ? result.Passed : result);
    });
}
