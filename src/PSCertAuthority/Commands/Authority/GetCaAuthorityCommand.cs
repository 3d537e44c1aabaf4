using System;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Lists the authorities of a store, or gets those that are named.</summary>
[Cmdlet(VerbsCommon.Get, "CaAuthority", DefaultParameterSetName = "Identity")]
[OutputType(typeof(CaAuthority))]
public sealed class GetCaAuthorityCommand : CaCommand
{
    /// <summary>Name, common name or serial number, with the wildcards * and ?, or the start of the serial number; thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(ParameterSetName = "Identity", Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNull]
    public AuthorityIdentity[]? Identity { get; set; }

    /// <summary>All authorities, each with those that it issued below it, and its name moved in.</summary>
    [Parameter(ParameterSetName = "Tree", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter Tree { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Tree)
            ForItem(null, WriteTree);
        else if (Identity is null)
            ForItem(null, () => WriteObject(Engine.Authorities.List().Concat(Engine.Authorities.ListPending()).OrderBy(authority => authority.Name, StringComparer.OrdinalIgnoreCase), enumerateCollection: true));
        foreach (AuthorityIdentity identity in Identity ?? [])
            ForItem(identity, () => WriteObject(Engine.Authorities.GetAll(identity), enumerateCollection: true));
    }

    private void WriteTree()
    {
        foreach (CaAuthority authority in Engine.Authorities.ListTree().Concat(Engine.Authorities.ListPending()))
        {
            var shown = new PSObject(authority);
            // A view of its own moves the names in; the object is the same.
            shown.TypeNames.Insert(0, typeof(CaAuthority).FullName + "#Tree");
            WriteObject(shown);
        }
    }
}
