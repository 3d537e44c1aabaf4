using System;
using System.Globalization;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>
/// Reads a duration: a TimeSpan, a number of days, or text such as <c>8h</c>, <c>90d</c> and <c>18mo</c>. PowerShell itself would take a bare number
/// for ticks of 100 nanoseconds.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrapped.Of(inputData) switch
        {
            null => null,
            TimeSpan given => given,
            string text => Duration.TryParse(text, DateTime.UtcNow, out TimeSpan read) ? read : throw Invalid(text),
            IConvertible number and (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal) =>
                Duration.TryFromDays(number.ToDouble(CultureInfo.InvariantCulture), out TimeSpan days) ? days : throw Invalid(number),
            _ => inputData,
        };

    private static ArgumentTransformationMetadataException Invalid(object given) =>
        new($"'{string.Format(CultureInfo.InvariantCulture, "{0}", given)}' is not a duration. {Duration.Forms}");
}
