using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The module lives beside others that bring other versions of what it depends on, and leaves nothing behind. Each in a process of its own.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psca-isolation-").FullName;

    /// <summary>Name of an assembly that we carry or the platform has, and a type of it that the stranger has too.</summary>
    public static TheoryData<string, string> Strangers => new()
    {
        { "BouncyCastle.Cryptography", "Org.BouncyCastle.Math.BigInteger" },
        { "LiteDB", "LiteDB.LiteDatabase" },
        { "MimeKit", "MimeKit.MimeMessage" },
        { "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Logging.ILogger" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void It_works_where_another_module_brought_another_version_first(string assembly, string type)
    {
        string stranger = Compile(assembly, type);
        Assert.Equal("0.0.0.9 Valid True 0.0.0.9", Run($$"""
            Remove-Module PSCertAuthority
            $null = [Reflection.Assembly]::LoadFrom('{{stranger}}')
            $first = [{{type}}].Assembly.GetName().Version
            {{Use}}
            "$first $($c.Status) $(Test-CaStore -Quiet) $([{{type}}].Assembly.GetName().Version)"
            """));
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Another_module_finds_its_own_version_afterwards(string assembly, string type)
    {
        string stranger = Compile(assembly, type);
        Assert.Equal("0.0.0.9 Valid True", Run($$"""
            {{Use}}
            $null = [Reflection.Assembly]::LoadFrom('{{stranger}}')
            "$([{{type}}].Assembly.GetName().Version) $(($c | Get-CaCertificate).Status) $(Test-CaStore -Quiet)"
            """));
    }

    [Fact]
    public void Of_all_its_assemblies_the_loader_alone_is_in_the_default_context() => Assert.Equal("PSCertAuthority.Loader", Run($$"""
        {{Use}}
        $base = (Get-Module PSCertAuthority).ModuleBase
        $name = 'System.Runtime.Loader.AssemblyLoadContext' -as [type]
        ($name::Default.Assemblies | Where-Object { -not $_.IsDynamic -and $_.Location.StartsWith($base) } | ForEach-Object { $_.GetName().Name }) -join ', '
        """));

    [Fact]
    public void Removing_it_ends_its_responders_and_leaves_no_lock() => Assert.Equal("True False True True", Run($$"""
        {{Use}}
        $r = Start-CaOcspResponder Root -Port 0 -PassThru
        $running = -not [Diagnostics.Process]::GetProcessById($r.ProcessId).HasExited
        Remove-Module PSCertAuthority
        try { $still = -not [Diagnostics.Process]::GetProcessById($r.ProcessId).HasExited } catch { $still = $false }
        $file = [IO.File]::Open("$folder/ca.db", 'Open', 'ReadWrite', 'None'); $free = $file.CanWrite; $file.Dispose()
        Import-Module $module; Import-Module $module -Force
        "$running $still $free $(Test-CaStore -Quiet)"
        """));

    private const string Use = """
        Import-Module $module -ErrorAction Stop
        $null = New-CaAuthority Root -KeyType EC
        $c = New-CaCertificate -Authority Root -GenerateKey -KeyPath "$folder/a.key" -Subject /CN=a.example.com
        """;

    /// <summary>An assembly of that name and another version, with one type.</summary>
    private string Compile(string name, string type)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(0, 0, 0, 9) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType(type, TypeAttributes.Public).CreateType();
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName, name + ".dll");
        assembly.Save(path);
        return path;
    }

    private string Run(string script)
    {
        string path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, $"$ErrorActionPreference = 'Stop'; $folder = '{_folder}'; $module = '{ModuleSession.ModulePath}'; $env:PSCA_STORE = \"$folder/ca.db\"\n{script}");
        string shell = typeof(IsolationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ShellPath").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [shell, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
