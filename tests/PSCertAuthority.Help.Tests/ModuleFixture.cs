using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.HelpBuilder.Commands;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpTests;

/// <summary>What the module says of its cmdlets, what the pages say, and a session to ask Get-Help in.</summary>
public sealed class ModuleFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psca-help-");

    public ModuleFixture()
    {
        Session = new HelpSession(_folder.FullName);
        Commands = Session.Run("Get-Command -Module PSCertAuthority").Select(c => (CmdletInfo)c.BaseObject).ToDictionary(c => c.Name);
    }

    public HelpSession Session { get; }

    public IReadOnlyDictionary<string, CmdletInfo> Commands { get; }

    /// <summary>The cmdlets that the pages are for, by the names of their files.</summary>
    public static string[] Names { get; } = [.. Directory.EnumerateFiles(Repository.HelpPages, "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    /// <summary>The facts of each cmdlet.</summary>
    internal static IReadOnlyDictionary<string, CommandPage> Facts { get; } =
        ModuleCommands.Read(Repository.ModulePath, DocumentationFile.Load(Repository.CommentsFile)).ToDictionary(p => p.Name);

    /// <summary>The parameters of a cmdlet that its help must describe.</summary>
    public string[] ParametersOf(string command) => [.. Commands[command].Parameters.Keys.Where(p => !Cmdlet.CommonParameters.Contains(p)).Order()];

    public void Dispose()
    {
        Session.Dispose();
        _folder.Delete(recursive: true);
    }
}
