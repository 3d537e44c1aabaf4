using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Maintenance;

namespace PSCertAuthority.Commands;

/// <summary>Writes a backup of the store as it is at one moment to a single file, while others go on to work with it.</summary>
[Cmdlet(VerbsData.Backup, "CaStore", SupportsShouldProcess = true, DefaultParameterSetName = "NoKey")]
[OutputType(typeof(CaBackup))]
public sealed class BackupCaStoreCommand : StoreCareCommand
{
    /// <summary>The file to write; only its owner may read it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Puts the private keys in too, sealed with -Password.</summary>
    [Parameter(ParameterSetName = "Key", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter IncludeKey { get; set; }

    /// <summary>Seals the private keys in the backup. Without it they cannot be restored.</summary>
    [Parameter(ParameterSetName = "Key", Mandatory = true)]
    public SecureString? Password { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Path, () =>
    {
        string path = ResolveOutputPath(Path);
        RequireBeforeAsking(authority: null, profile: null);
        if (!ShouldProcess(path, IncludeKey ? "Back up the store with its private keys" : "Back up the store without its private keys"))
            return;
        CaBackup backup = Engine.Care.Backup(path, IncludeKey ? Password : null, Force, Report, Cancellation);
        WriteVerbose($"The backup '{path}' has the store as it was at {backup.MadeAt:yyyy-MM-dd HH:mm:ss}, and {backup.KeyCount} key files.");
        if (backup.Warning is { } warning)
            WriteWarning(warning);
        WriteObject(backup);
    });
}
