using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Commands;

namespace PSCertAuthority.Binding;

/// <summary>
/// What a command line gives to a command. A variable that is empty by mistake must not widen what a command does: a parameter that was given as $null
/// is an error, not one that was left out.
/// </summary>
internal static class BoundArguments
{
    /// <summary>Ends the command where one of its parameters was given as $null, or as a list that holds $null.</summary>
    /// <remarks>Before the first object of the pipeline, this is what the command line and $PSDefaultParameterValues gave. An empty cell of a table is bound later.</remarks>
    public static void RequireValues(CaCommand command)
    {
        foreach (KeyValuePair<string, object?> argument in command.MyInvocation.BoundParameters)
        {
            if (HoldsNull(argument.Value) && IsOwn(command, argument.Key))
                command.ThrowTerminatingError(ErrorRecords.ArgumentNull(argument.Key));
        }
    }

    /// <summary>PowerShell reads its own, such as -ErrorAction, itself.</summary>
    private static bool IsOwn(PSCmdlet command, string parameter) => command.GetType().GetProperty(parameter) is not null;

    private static bool HoldsNull(object? value) => value switch
    {
        null => true,
        PSObject wrapped => HoldsNull(wrapped.BaseObject),
        string or byte[] or IDictionary => false,
        IList list => list.Cast<object?>().Any(element => element is null),
        _ => false,
    };
}
