using System.IO;
using System.Reflection;
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

    private readonly string _folder;

    private ModuleLoadContext()
        : base("PSCertAuthority") =>
        _folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;

    /// <summary>The assembly with the cmdlets.</summary>
    public static Assembly LoadModule() => Instance.LoadFromAssemblyPath(Path.Combine(Instance._folder, "PSCertAuthority.dll"));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What is not beside us, such as System.Management.Automation, comes from the default context.
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
