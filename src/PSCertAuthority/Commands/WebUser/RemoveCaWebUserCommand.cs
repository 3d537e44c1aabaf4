using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Removes users of the web interface, and ends their sessions. What they did stays in the audit records.</summary>
[Cmdlet(VerbsCommon.Remove, "CaWebUser", SupportsShouldProcess = true)]
[OutputType(typeof(CaWebUser))]
public sealed class RemoveCaWebUserCommand : CaCommand
{
    /// <summary>The users, or their names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WebUserCompleter))]
    [ValidateNotNullOrEmpty]
    [WebUserArgument]
    [Alias("Identity")]
    public WebUserIdentity[] Name { get; set; } = [];

    /// <summary>Writes the users that are no longer ones to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (WebUserIdentity name in Name)
        {
            ForItem(name, () =>
            {
                CaWebUser user = Engine.WebUsers.Get(name);
                if (!ShouldProcess(user.Name, $"Remove the web user with the role {user.Role}"))
                    return;
                CaWebUser removed = Engine.WebUsers.Remove(user);
                WriteVerbose($"Removed the web user '{removed.Name}'.");
                if (PassThru)
                    WriteObject(removed);
            });
        }
    }
}
