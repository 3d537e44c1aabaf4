using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Changes users of the web interface: role, password, whether they may sign in; unlocks them, and ends their sessions.</summary>
[Cmdlet(VerbsCommon.Set, "CaWebUser", SupportsShouldProcess = true)]
[OutputType(typeof(CaWebUser))]
public sealed class SetCaWebUserCommand : CaCommand
{
    /// <summary>The users, or their names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WebUserCompleter))]
    [ValidateNotNullOrEmpty]
    [WebUserArgument]
    [Alias("Identity")]
    public WebUserIdentity[] Name { get; set; } = [];

    /// <summary>The new role; ends the user's sessions.</summary>
    [Parameter]
    public WebRole? Role { get; set; }

    /// <summary>The new password, 12 to 1024 characters; ends the user's sessions.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>Whether the user may sign in; a change ends the user's sessions.</summary>
    [Parameter]
    public bool? Enabled { get; set; }

    /// <summary>Forgets the failed attempts to sign in, so that the user may try again at once.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Unlock { get; set; }

    /// <summary>Ends all sessions of the user: every browser has to sign in again.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter SignOut { get; set; }

    /// <summary>Writes the changed user to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var change = new WebUserChange { Role = Role, Password = Password, Enabled = Enabled, Unlock = Unlock, SignOut = SignOut };
        foreach (WebUserIdentity name in Name)
        {
            ForItem(name, () =>
            {
                CaWebUser user = Engine.WebUsers.Get(name);
                if (!ShouldProcess(user.Name, "Change the web user"))
                    return;
                CaWebUser changed = Engine.WebUsers.Change(user, change);
                WriteVerbose($"Changed the web user '{changed.Name}'.");
                if (PassThru)
                    WriteObject(changed);
            });
        }
    }
}
