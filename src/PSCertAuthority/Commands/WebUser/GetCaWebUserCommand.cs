using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Lists the users of the web interface, or gets those that are named.</summary>
[Cmdlet(VerbsCommon.Get, "CaWebUser")]
[OutputType(typeof(CaWebUser))]
public sealed class GetCaWebUserCommand : CaCommand
{
    /// <summary>The users, or their names with the wildcards * and ?; without them, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WebUserCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WebUserArgument]
    [Alias("Identity")]
    public WebUserIdentity[]? Name { get; set; }

    /// <summary>Only those with these roles.</summary>
    [Parameter]
    [NotNullArgument]
    [ValidateNotNullOrEmpty]
    public WebRole[] Role { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (WebUserIdentity name in Name ?? ["*"])
        {
            ForItem(name, () =>
            {
                // A name has none of these characters.
                var pattern = WildcardPattern.Get(name.Name, WildcardOptions.IgnoreCase);
                IEnumerable<CaWebUser> fitting = WildcardPattern.ContainsWildcardCharacters(name.Name)
                    ? Engine.WebUsers.List().Where(user => pattern.IsMatch(user.Name))
                    : [Engine.WebUsers.Get(name)];
                WriteObject(fitting.Where(user => Role.Length == 0 || Role.Contains(user.Role)), enumerateCollection: true);
            });
        }
    }
}
