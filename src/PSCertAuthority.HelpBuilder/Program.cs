using System;
using System.IO;
using PSCertAuthority.HelpBuilder.Commands;
using PSCertAuthority.HelpBuilder.Maml;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder;

/// <summary>Keeps the help pages in step with the cmdlets, and makes of them what Get-Help reads.</summary>
internal static class Program
{
    private const string Usage = """
        PSCertAuthority.HelpBuilder skeleton <module manifest> <XML documentation> <folder of pages>
            writes a page for each cmdlet that has none, and brings the facts of the others up to date; what people wrote there stays.
        PSCertAuthority.HelpBuilder maml <folder of pages> <file>
            makes of the pages the MAML file that Get-Help reads.
        """;

    private static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["skeleton", var module, var documentation, var folder]:
                    UpdatePages(module, documentation, folder);
                    return 0;
                case ["maml", var folder, var file]:
                    MamlFile.Write(file, HelpPages.ReadAll(folder));
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 64;
            }
        }
        catch (PageFormatException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static void UpdatePages(string module, string documentation, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (CommandPage facts in ModuleCommands.Read(module, DocumentationFile.Load(documentation)))
        {
            string path = HelpPages.PathOf(folder, facts.Name);
            CommandPage page = File.Exists(path) ? PageMerge.Refresh(PageReader.ReadFile(path), facts) : facts;
            if (PageWriter.WriteFile(path, page))
                Console.WriteLine($"Wrote '{path}'.");
        }
    }
}
