using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Adds a user of the web interface.</summary>
[Cmdlet(VerbsCommon.New, "CaWebUser", SupportsShouldProcess = true)]
[OutputType(typeof(CaWebUser))]
public sealed class NewCaWebUserCommand : CaCommand
{
    /// <summary>The name to sign in with: 1 to 64 letters (a to z), digits, and characters of . _ - @; in any case it means the same user.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>What the user may do: Viewer sees everything, Issuer also issues, Revoker also revokes, Administrator does all of that and edits authorities.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(WebRole))]
    public WebRole Role { get; set; }

    /// <summary>The password, 12 to 1024 characters. Its hash alone is kept.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Name, () =>
    {
        WebUserService.Validate(Name, Password!);
        RequireBeforeAsking(authority: null, profile: null);
        if (!ShouldProcess(Name, $"Add the web user with the role {Role}"))
            return;
        WriteObject(Engine.WebUsers.Create(Name, Role, Password!));
        WriteVerbose($"Added the web user '{Name}', who {Role.Describe()}.");
    });
}
