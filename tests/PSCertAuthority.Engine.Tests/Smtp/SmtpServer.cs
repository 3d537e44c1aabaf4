using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>A real SMTP server on loopback, in a process of its own: Debian's python3-aiosmtpd under <c>server.py</c>.</summary>
internal sealed class SmtpServer : IDisposable
{
    public const string Password = "Tr0ub4dor&3";

    private static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(HasServer));

    private readonly Process _process;
    private readonly string _folder = Directory.CreateTempSubdirectory("psca-smtp-").FullName;

    /// <param name="options">Options of <c>server.py</c>.</param>
    public SmtpServer(params string[] options)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Smtp", "server.py");
        _process = Start(Python.Value ?? throw new InvalidOperationException("python3 with aiosmtpd is not installed."), [script, _folder, .. options]);
        string line = _process.StandardOutput.ReadLine() ?? string.Empty;
        if (!line.StartsWith("port ", StringComparison.Ordinal))
            Assert.Fail($"The SMTP server did not start: {line}{_process.StandardError.ReadToEnd()}");
        Port = int.Parse(line[5..], CultureInfo.InvariantCulture);
        // Nobody reads what it says of broken connections, and a full pipe would stop it.
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>What it accepted, each message with the lines X-From, X-To, X-Signed-In and X-Tls before it.</summary>
    public IReadOnlyList<string> Received => [.. Directory.GetFiles(_folder, "*.eml").Order().Select(path => File.ReadAllText(path, Encoding.UTF8))];

    public static string? ReasonToSkip => Environment.GetEnvironmentVariable("CI") == "true" || Python.Value is not null ? null : "python3-aiosmtpd is not installed.";

    /// <summary>The messages it should have by now, to these addresses in this order; a failure shows what it has.</summary>
    public IReadOnlyList<string> Expect(params string[] addresses)
    {
        IReadOnlyList<string> received = Received;
        string[] to = [.. received.Select(message => Header(message, "X-To"))];
        Assert.True(addresses.SequenceEqual(to), $"Expected messages to [{string.Join(", ", addresses)}]; the server has {received.Count}:\n{string.Join("\n----\n", received)}");
        return received;
    }

    public static string Header(string message, string name) =>
        message.Split("\r\n").First(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool HasServer(string python)
    {
        try
        {
            using Process process = Start(python, ["-c", "import aiosmtpd"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

/// <summary>A test that needs the SMTP server: skipped where it is missing, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmtpFactAttribute : FactAttribute
{
    public SmtpFactAttribute() => Skip = SmtpServer.ReasonToSkip;
}

/// <summary>As <see cref="SmtpFactAttribute"/>, for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmtpTheoryAttribute : TheoryAttribute
{
    public SmtpTheoryAttribute() => Skip = SmtpServer.ReasonToSkip;
}
