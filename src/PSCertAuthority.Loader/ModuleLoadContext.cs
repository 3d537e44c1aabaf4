using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PSCertAuthority.Loader;

/// <summary>
/// Loads the module and everything it depends on into a load context of its own, so that other modules may bring other versions of the same.
/// </summary>
/// <remarks>
/// This assembly alone is in the default context. PowerShell never unloads it, so that types stay the same over <c>Import-Module -Force</c>.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly ModuleLoadContext Instance = new();

    private readonly string[] _folders;

    private ModuleLoadContext()
        : base("PSCertAuthority")
    {
        string folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;
        // A release has what every start needs also compiled ahead of time, for the runtime and platform of the folder's name alone.
        string compiled = Path.Combine(Path.GetDirectoryName(folder)!, $"net{Environment.Version.Major}.0-{RuntimeInformation.RuntimeIdentifier}");
        _folders = [compiled, folder];
    }

    /// <summary>The assembly with the cmdlets.</summary>
    public static Assembly LoadModule() => Instance.LoadFromAssemblyPath(Instance.Find("PSCertAuthority")!);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        // What is not beside us, such as System.Management.Automation, comes from the default context.
        Find(assemblyName.Name!) is { } path ? LoadFromAssemblyPath(path) : null;

    private string? Find(string name) => _folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
}
