using System;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Lets a column of a table set a switch: true, yes and 1 do, false, no, 0 and an empty text do not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextSwitchAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrapped.Of(inputData) switch
        {
            null => throw new ArgumentTransformationMetadataException("It is $null. Give a value, or leave the parameter out."),
            string text => text.Trim().ToUpperInvariant() switch
            {
                "TRUE" or "YES" or "1" => SwitchParameter.Present,
                "FALSE" or "NO" or "0" or "" => new SwitchParameter(false),
                _ => throw new ArgumentTransformationMetadataException($"'{text}' is neither true nor false."),
            },
            _ => inputData!,
        };
}
