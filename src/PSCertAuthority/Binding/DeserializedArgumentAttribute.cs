using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>
/// Takes what is left of our objects after Export-Clixml, a job, remoting or Select-Object for what it was: the properties that name it are still there.
/// </summary>
public abstract class DeserializedArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Bare(inputData) switch
    {
        byte[] => inputData,
        IList { Count: > 0 } list => list.Cast<object?>().Select(Restore).ToArray(),
        _ => Restore(inputData),
    };

    /// <summary>The argument that the remains stand for; null where they are of nothing that fits.</summary>
    protected abstract object? FromRemains(PSObject remains);

    /// <summary>Whether an object was of a type: <c>Deserialized.</c>, <c>Selected.</c> or <c>CSV:</c> stands before its name.</summary>
    protected static bool Was(PSObject remains, Type type) =>
        remains.TypeNames.Any(name => name.EndsWith("." + type.FullName, StringComparison.Ordinal) || name.EndsWith(":" + type.FullName, StringComparison.Ordinal));

    /// <summary>A property as text; null where it is not there or empty.</summary>
    protected static string? TextOf(PSObject remains, string property) =>
        remains.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private object? Restore(object? value) =>
        value is PSObject { BaseObject: PSCustomObject } remains ? FromRemains(remains) ?? value : value;

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
