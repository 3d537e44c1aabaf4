using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using PSCertAuthority.HelpBuilder.Pages;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>Every example of every page is run, in a fresh runspace and a fresh copy of the world that examples take for granted.</summary>
public sealed class ExampleTests(ExampleWorld world) : IClassFixture<ExampleWorld>
{
    private static readonly ExampleCase[] Cases = [.. HelpPages.ReadAll(Repository.HelpPages).SelectMany(ExampleCase.Of)];

    public static TheoryData<string> Examples { get; } = [.. Cases.Select(example => example.ToString())];

    [Theory]
    [MemberData(nameof(Examples))]
    public void It_runs_as_it_stands(string name)
    {
        ExampleCase example = Cases.Single(c => c.ToString() == name);
        DirectoryInfo parent = Directory.CreateTempSubdirectory("psca-example-");
        try
        {
            using HelpSession session = world.EnterCopy(Path.Combine(parent.FullName, "ca"));
            // The default ports of responders and web interfaces may be taken.
            string code = example.Code;
            foreach (string port in new[] { "8888", "8443" })
                code = code.Replace(port, FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            if (example.Waits)
                Interrupt(session, code);
            else
                Run(session, code, example);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private static void Run(HelpSession session, string code, ExampleCase example)
    {
        try
        {
            session.Invoke(code);
            string[] ids = [.. session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Distinct()];
            Assert.True(ids.Order().SequenceEqual(example.ErrorIds.Distinct().Order()), $"Announced: {string.Join(", ", example.ErrorIds)}; written:\n{HelpSession.Describe(session.Errors)}");
        }
        finally
        {
            if (code.Contains("Start-CaOcspResponder", StringComparison.Ordinal))
                session.Run("Get-CaOcspResponder | Stop-CaOcspResponder");
        }
    }

    /// <summary>What waits is ended as by Ctrl+C, once what it started answers.</summary>
    private static void Interrupt(HelpSession session, string code)
    {
        string store = Environment.GetEnvironmentVariable("PSCA_STORE")!;
        // Opened first: a runspace does not open while the module's cmdlet keeps another one busy.
        using var other = new HelpSession(Path.GetDirectoryName(store)!);
        using PowerShell shell = session.Begin(code);
        for (int i = 0; i < 200 && other.Run("Get-CaOcspResponder").Count == 0; i++)
        {
            // Enumerating the stream of a running pipeline would wait for its end.
            Assert.True(shell.InvocationStateInfo.State == PSInvocationState.Running, string.Join("; ", shell.Streams.Error.ReadAll()));
            Thread.Sleep(100);
        }

        Assert.NotEmpty(other.Run("Get-CaOcspResponder"));
        shell.Stop();
        Assert.Empty(shell.Streams.Error);
        Assert.Empty(other.Run("Get-CaOcspResponder"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
