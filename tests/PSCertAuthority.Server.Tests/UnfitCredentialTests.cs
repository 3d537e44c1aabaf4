using System;
using System.IO;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>What the program says, in its log, of credentials and addresses that it cannot use.</summary>
public sealed class UnfitCredentialTests : IDisposable
{
    private readonly TestStore _store = new();

    public UnfitCredentialTests() => _store.Root(pathLength: 0);

    [Fact]
    public void A_certificate_that_is_not_for_signing_responses_is_refused()
    {
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = _store.File("web.key"), Subject = DistinguishedName.Parse("/CN=web.example.com"),
        });
        File.WriteAllText(_store.File("web.pem"), outcome.Certificate!.ToPem());
        AssertLogged("ResponderCertificateUnfit", "--responder", $"Root={_store.File("web.pem")},{_store.File("web.key")}");
    }

    [Fact]
    public void Who_started_it_and_has_no_key_for_it_is_named()
    {
        using ServerProgram server = Start("--pipe");
        server.Process.StandardInput.WriteLine("""{"kind":"hello"}""");
        bool IsLogged()
        {
            // What is sent before the question is asked answers nothing.
            server.Process.StandardInput.WriteLine("""{"kind":"refused","question":"1"}""");
            return server.Log.Contains("ResponderKeyMissing");
        }

        Assert.True(ServerProgram.Poll(IsLogged), server.Log);
    }

    [Fact]
    public void An_address_that_is_not_of_this_machine_is_named()
    {
        using ServerProgram server = Start("--use-authority-key", "--listen", "192.0.2.1:8888");
        Assert.True(server.Process.WaitForExit(30_000));
        server.Process.WaitForExit();
        Assert.Contains("cannot listen at 192.0.2.1:8888", server.Log);
    }

    private void AssertLogged(string errorId, params string[] arguments)
    {
        using ServerProgram server = Start(arguments);
        Assert.True(ServerProgram.Poll(() => server.Log.Contains(errorId)), server.Log);
    }

    private ServerProgram Start(params string[] further) => new(["--store", _store.StorePath, "--authority", "Root", .. further]);

    public void Dispose() => _store.Dispose();
}
