using System;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Takes the empty cell of a table as if the parameter had not been given; PowerShell would make 0 of it, or refuse it as a date.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyCellAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}
