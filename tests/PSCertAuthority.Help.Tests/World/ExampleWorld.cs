using System;
using System.IO;

namespace PSCertAuthority.HelpTests;

/// <summary>The world that every example takes for granted, made once; each example gets a copy.</summary>
public sealed class ExampleWorld : IDisposable
{
    private readonly MailSink _mail = new();
    private readonly DirectoryInfo _template = Directory.CreateTempSubdirectory("psca-world-");

    public ExampleWorld()
    {
        using HelpSession session = Enter(_template.FullName);
        session.Run($"$mailPort = {_mail.Port}");
        session.Run(Script("world.ps1"));
    }

    /// <summary>Opens a session in a copy of the world.</summary>
    /// <param name="folder">The folder of the copy, which is made.</param>
    public HelpSession EnterCopy(string folder)
    {
        Copy(_template, Directory.CreateDirectory(folder));
        return Enter(folder);
    }

    public void Dispose()
    {
        _mail.Dispose();
        _template.Delete(recursive: true);
    }

    private static HelpSession Enter(string folder)
    {
        var session = new HelpSession(folder);
        session.Run($". '{Path.Combine(AppContext.BaseDirectory, "World", "answers.ps1")}'");
        return session;
    }

    private static string Script(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "World", name));

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.GetFiles())
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (DirectoryInfo folder in from.GetDirectories())
        {
            DirectoryInfo copy = to.CreateSubdirectory(folder.Name);
            if (!OperatingSystem.IsWindows())
                copy.UnixFileMode = folder.UnixFileMode;
            Copy(folder, copy);
        }
    }
}
