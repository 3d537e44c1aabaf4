using System;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>
/// Takes the cell of a table. An empty one counts as not given, where PowerShell would make 0 of it. One that is not of the type is an error, where PowerShell
/// would go on as if there were no such column, and a certificate would be valid for two years because of a date that nobody could read.
/// </summary>
/// <param name="type">The type of the parameter, without <see cref="Nullable{T}"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CellAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The type of the parameter.</summary>
    public Type Type => type;

    /// <summary>What an empty cell means, where the parameter cannot be null.</summary>
    public object? Empty { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Unwrapped.Of(inputData);
        if (value is null)
            return null;
        if (value is string text && string.IsNullOrWhiteSpace(text))
            return Empty;
        return LanguagePrimitives.TryConvertTo(value, type, out object? converted) ? converted : throw new ArgumentTransformationMetadataException($"'{value}' is {Expected}.");
    }

    private string Expected => type == typeof(DateTime) ? "no date and time. Write it as 2030-12-31 or 2030-12-31T23:59:59Z"
        : type.IsEnum ? "none of these: " + string.Join(", ", Enum.GetNames(type))
        : "no whole number, or too large a one";
}
