using System.Management.Automation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>Says where the store and its keys are, and what is in it. It does not make a store.</summary>
[Cmdlet(VerbsCommon.Get, "CaStore")]
[OutputType(typeof(CaStoreSummary))]
public sealed class GetCaStoreCommand : CaCommand
{
    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(StorePath, () => WriteObject(Engine.Describe()));
}
