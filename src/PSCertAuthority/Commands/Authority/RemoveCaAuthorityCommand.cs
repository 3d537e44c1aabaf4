using System.IO;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Removes authorities, with the records of what they issued. Their private keys stay, unless -DeleteKey says otherwise.</summary>
[Cmdlet(VerbsCommon.Remove, "CaAuthority", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveCaAuthorityCommand : CaCommand
{
    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Deletes the private key too.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter DeleteKey { get; set; }

    /// <summary>Removes an authority that has valid certificates, and does not ask.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
            ForItem(identity, () => Remove(identity));
    }

    private void Remove(AuthorityIdentity identity)
    {
        CaAuthority authority = Engine.Authorities.GetWithPending(identity);
        string what = $"Remove the authority and the records of all that it issued{(DeleteKey ? $", and delete its private key '{authority.KeyFile}'" : string.Empty)}";
        string target = $"{authority.Name} ({authority.Subject})";
        // -Confirm has asked, and -Confirm:$false says not to.
        bool settled = Force || MyInvocation.BoundParameters.ContainsKey("Confirm");
        if (!ShouldProcess(target, what) || !(settled || ShouldContinue($"{what}? {target}", "Remove-CaAuthority")))
            return;
        bool hadKey = File.Exists(authority.KeyFile) && (authority.HasPrivateKey || DeleteKey);
        RemovedAuthority removed = Engine.Authorities.Remove(
            authority, Force ? LiveCertificates.Abandon : LiveCertificates.Refuse, DeleteKey ? KeyDisposal.Delete : KeyDisposal.Keep);
        WriteVerbose($"Removed the authority '{removed.Name}' with {removed.CertificateCount} certificates.");
        if (hadKey)
            WriteWarning(removed.KeyIsDeleted ? $"The private key '{removed.KeyFile}' was deleted."
                : DeleteKey ? $"The key file '{removed.KeyFile}' was not deleted: it is not the key of this authority alone." : $"The private key stays in '{removed.KeyFile}'.");
        if (removed.IsStillTrusted)
            WriteWarning($"The authority '{removed.Name}' was not revoked: those who trust it go on to trust what it signed.");
    }
}
