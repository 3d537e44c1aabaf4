using System.IO;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>Restores the store of a backup. A store that is there is replaced only when the user agrees, and kept beside the new one.</summary>
[Cmdlet(VerbsData.Restore, "CaStore", SupportsShouldProcess = true)]
[OutputType(typeof(CaStoreSummary))]
public sealed class RestoreCaStoreCommand : StoreCareCommand
{
    /// <summary>The backup.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "FilePath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Opens the private keys in the backup.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>Leaves the private keys in the backup.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter NoKey { get; set; }

    /// <summary>Replaces a store that exists without asking.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in ResolveInputPath(Path))
            ForItem(path, () => Restore(path));
    }

    private void Restore(string path)
    {
        string target = Engine.StorePath;
        if (!ShouldProcess(target, $"Restore the store from '{path}'"))
            return;
        bool replace = Force || (File.Exists(target)
            && ShouldContinue($"The store '{target}' is there already. Replace it? It is kept beside the new one.", "Restore-CaStore"));
        string? replaced = Engine.Care.Restore(path, Password, withKeys: !NoKey, replace, Report, Cancellation);
        if (replaced is not null)
            WriteWarning($"The store that was there is now '{replaced}'.");
        CaStoreSummary restored = Engine.Describe();
        if (restored.KeyCount < restored.AuthorityCount)
            WriteWarning($"{restored.AuthorityCount - restored.KeyCount} of {restored.AuthorityCount} authorities have no private key on this host, and cannot sign here.");
        WriteWarning("What was issued or revoked after the backup is not in the restored store. CRL numbers go on far ahead; publish new CRLs.");
        WriteObject(restored);
    }
}
