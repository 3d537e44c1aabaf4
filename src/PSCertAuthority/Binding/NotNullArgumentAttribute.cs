using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>
/// Refuses $null where PowerShell would make a value of it before a command sees it: a switch would be set (<c>-Force:$null</c> would force), and an element
/// of a list of numbers or words would be the first one there is. <see cref="BoundArguments"/> finds all other nulls.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotNullArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        HoldsNull(Unwrapped.Of(inputData))
            ? throw new ArgumentTransformationMetadataException("It is $null. Give a value, or leave the parameter out.")
            : inputData!;

    private static bool HoldsNull(object? value) =>
        value is null || (value is IList list and not byte[] && list.Cast<object?>().Any(element => element is null));
}
