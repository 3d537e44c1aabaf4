using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>What PowerShell hands to attributes comes as it is, or within a PSObject.</summary>
internal static class Unwrapped
{
    /// <summary>The value itself.</summary>
    public static object? Of(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
