using System.Management.Automation;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>The parameters that every cmdlet has, which pages name but do not describe.</summary>
internal static class CommonParameterNames
{
    /// <summary>Whether a parameter is one of them.</summary>
    public static bool Contains(string name) => Cmdlet.CommonParameters.Contains(name);
}
