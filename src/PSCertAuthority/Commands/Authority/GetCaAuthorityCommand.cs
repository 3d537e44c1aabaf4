using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Lists the authorities of a store, or gets those that are named.</summary>
[Cmdlet(VerbsCommon.Get, "CaAuthority")]
[OutputType(typeof(CaAuthority))]
public sealed class GetCaAuthorityCommand : CaCommand
{
    /// <summary>Name, exact common name, start of the serial number, or the object.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [Alias("Name")]
    [ValidateNotNull]
    public AuthorityIdentity[]? Identity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Identity is null)
            ForItem(null, () => WriteObject(Engine.Authorities.List(), enumerateCollection: true));
        foreach (AuthorityIdentity identity in Identity ?? [])
            ForItem(identity, () => WriteObject(Engine.Authorities.Get(identity)));
    }
}
