using System;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Takes a file object, and the row of a table that has a column with a path, for the path; PowerShell would take the row as text for one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Columns = ["LiteralPath", "RequestPath", "Path", "FullName", "PSPath"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: PSCustomObject } row when Columns.Select(column => row.Properties[column]?.Value?.ToString()).FirstOrDefault(path => !string.IsNullOrWhiteSpace(path)) is { } path => new[] { path },
        PSObject { BaseObject: FileInfo file } => new[] { file.FullName },
        FileInfo file => new[] { file.FullName },
        _ => inputData,
    };
}
