using System;
using System.Collections;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The package is what PSResourceGet takes, and the module in it works in an empty place.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(ModuleSession.ModulePath, "..", "..", ".."));

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-package-").FullName;

    public PackageTests()
    {
        string project = Path.Combine(Root, "src", "PSCertAuthority.Package");
        Run("dotnet", "pack", project, "-c", Metadata("Configuration"), "--no-build", "--no-restore", "-o", _folder, "-nologo", "-v", "q");
        ZipFile.ExtractToDirectory(Directory.EnumerateFiles(_folder, "*.nupkg").Single(), Module);
    }

    private string Module => Path.Combine(_folder, "modules", "PSCertAuthority", "0.1.0");

    [Fact]
    public void It_says_what_a_gallery_asks_for()
    {
        XDocument nuspec = XDocument.Load(Path.Combine(Module, "PSCertAuthority.nuspec"));
        string Field(string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
        Hashtable manifest = Manifest();
        Assert.Equal("PSCertAuthority", Field("id"));
        Assert.Equal(manifest["ModuleVersion"], Field("version"));
        Assert.Equal(manifest["Description"], Field("description"));
        Assert.Equal("MIT", Field("license"));
        Assert.StartsWith("### ", Field("releaseNotes"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Module, Field("icon"))) && File.Exists(Path.Combine(Module, Field("readme"))));
        string[] tags = Field("tags").Split(' ');
        Assert.All(["PSModule", "PSEdition_Core", "PSEdition_Desktop", "PSIncludes_Cmdlet"], tag => Assert.Contains(tag, tags));
        Assert.All(((object[])manifest["CmdletsToExport"]!).Cast<string>(), cmdlet => Assert.True(tags.Contains("PSCmdlet_" + cmdlet) && tags.Contains("PSCommand_" + cmdlet), cmdlet));
        Assert.DoesNotContain("dependency", nuspec.ToString());
    }

    [Fact]
    public void It_names_the_software_of_others_that_it_contains()
    {
        string notices = File.ReadAllText(Path.Combine(Module, "THIRD-PARTY-NOTICES.txt"));
        string[] others = [.. Directory.EnumerateFiles(Module, "*.dll", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => !name.StartsWith("PSCertAuthority", StringComparison.Ordinal)).Distinct()];
        Assert.Contains("LiteDB", others);
        Assert.DoesNotContain(others, name => !System.Text.RegularExpressions.Regex.IsMatch(notices, $@"(?<![\w.]){System.Text.RegularExpressions.Regex.Escape(name)}(?![\w.])"));
    }

    [Fact]
    public void The_DSC_resources_are_a_package_of_their_own()
    {
        string folder = Path.Combine(_folder, "dsc");
        Run("dotnet", "pack", Path.Combine(Root, "src", "PSCertAuthority.Package"), "-c", Metadata("Configuration"), "--no-build", "--no-restore", "-p:PackedModule=PSCertAuthority.Dsc", "-o", folder, "-nologo", "-v", "q");
        ZipFile.ExtractToDirectory(Path.Combine(folder, "PSCertAuthority.Dsc.0.1.0.nupkg"), folder);
        Assert.True(File.Exists(Path.Combine(folder, "PSCertAuthority.Dsc.psd1")) && File.Exists(Path.Combine(folder, "PSCertAuthority.Dsc.psm1")));
        string[] tags = XDocument.Load(Path.Combine(folder, "PSCertAuthority.Dsc.nuspec")).Descendants().Single(element => element.Name.LocalName == "tags").Value.Split(' ');
        Assert.Contains("PSDscResource_CaCertificate", tags);
        Assert.DoesNotContain(tags, tag => tag.StartsWith("PSCmdlet_", StringComparison.Ordinal));
    }

    [Fact]
    public void It_has_both_builds_the_server_and_nothing_that_strayed_in()
    {
        string[] files = [.. Directory.EnumerateFiles(Module, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Module, path).Replace('\\', '/'))];
        Assert.All(
            ["PSCertAuthority.psd1", "PSCertAuthority.psm1", "PSCertAuthority.Format.ps1xml", "PSCertAuthority.Types.ps1xml", "LICENSE", "CHANGELOG.md", "en-US/PSCertAuthority.dll-Help.xml",
                "bin/net8.0/PSCertAuthority.dll", "bin/net8.0/PSCertAuthority.Loader.dll", "bin/netstandard2.0/PSCertAuthority.dll", "server/PSCertAuthority.Server.dll"],
            file => Assert.Contains(file, files));
        string[] expected = [".dll", ".psd1", ".psm1", ".ps1xml", ".md", ".png", ".json", ".txt", ".xml", ".nuspec", ".rels", ".psmdcp", ""];
        Assert.DoesNotContain(files, file => !expected.Contains(Path.GetExtension(file)));
        // The only XML is help, and what makes a package of a zip.
        Assert.DoesNotContain(files, file => Path.GetExtension(file) == ".xml" && file != "[Content_Types].xml" && !file.StartsWith("en-US/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("Tests", StringComparison.Ordinal) || file.EndsWith("System.Management.Automation.dll", StringComparison.Ordinal));
    }

    [Fact]
    public void The_quick_start_runs_from_it_in_an_empty_place()
    {
        string place = Directory.CreateDirectory(Path.Combine(_folder, "place")).FullName;
        string script = Path.Combine(place, "quickstart.ps1");
        File.Copy(Path.Combine(Root, "docs", "quickstart.ps1"), script);
        // The shell stands apart from the staged module: a copy of its own, and no variable that leads back.
        string shell = Path.Combine(_folder, "shell");
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Metadata("ShellPath"))!, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(shell, Path.GetRelativePath(Path.GetDirectoryName(Metadata("ShellPath"))!, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string output = Run("dotnet", Path.Combine(shell, "PSCertAuthority.Shell.dll"), "-ModulePath", Path.Combine(Module, "PSCertAuthority.psd1"), script, Path.Combine(place, "out"));
        Assert.Contains("web01.example.com.pem: OK", output);
        Assert.Contains("certificate revoked", output);
        string loaded = Run("dotnet", Path.Combine(shell, "PSCertAuthority.Shell.dll"), "-ModulePath", Path.Combine(Module, "PSCertAuthority.psd1"), "-Command", "(Get-Module PSCertAuthority).ModuleBase");
        Assert.Equal(Module, loaded.Trim());
    }

    private static string Metadata(string key) =>
        typeof(PackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    private Hashtable Manifest() => (Hashtable)Parser.ParseFile(Path.Combine(Module, "PSCertAuthority.psd1"), out _, out _).Find(node => node is HashtableAst, true)!.SafeGetValue();

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("PSCA_STORE");
        start.Environment.Remove("PSCA_MODULE");
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{errors.Result}");
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
