using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Changes what an authority writes into what it issues, and whether it signs at all.</summary>
[Cmdlet(VerbsCommon.Set, "CaAuthority", SupportsShouldProcess = true)]
[OutputType(typeof(CaAuthority))]
public sealed class SetCaAuthorityCommand : AuthorityUrlCommand
{
    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Whether it signs.</summary>
    [Parameter]
    public bool? Enabled { get; set; }

    /// <summary>Its new name in the store. Certificates, CRLs and its key stay as they are; what names it by its name has to be changed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Writes the changed authority to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                CaAuthority authority = Engine.Authorities.GetWithPending(identity);
                if (!ShouldProcess(authority.Name, NewName is null ? "Change the authority" : $"Rename the authority to '{NewName}'"))
                    return;
                CaAuthority changed = Engine.Authorities.Set(authority, Urls, Enabled, NewName);
                WriteVerbose($"Changed the authority '{changed.Name}'.");
                if (PassThru)
                    WriteObject(changed);
            });
        }
    }
}
