using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;

namespace PSCertAuthority.Server.Tests;

/// <summary>A store whose certificates OpenSSL asks a responder about, each with the issuer that it was written with.</summary>
internal sealed class AskedStore : IDisposable
{
    public TestStore Store { get; } = new();

    public string File(string name) => Store.File(name);

    /// <summary>Issues a certificate and writes it, and its issuer, for OpenSSL.</summary>
    public CaCertificate Issue(string name, string authority = "Root")
    {
        CaCertificate certificate = Store.Issue($"/CN={name}.example.com", authority);
        System.IO.File.WriteAllText(File(name + ".pem"), certificate.ToPem());
        System.IO.File.WriteAllText(File(name + ".issuer.pem"), Store.Engine.Authorities.Get(authority).ToPem());
        return certificate;
    }

    /// <summary>What OpenSSL says; it trusts the issuer alone, whichever key that has.</summary>
    public string Ask(ServerProgram server, string name, string path = "ocsp/") => Ask(server.Url, name, path);

    /// <summary>What OpenSSL says; it trusts the issuer alone, whichever key that has.</summary>
    public string Ask(Uri server, string name, string path = "ocsp/")
    {
        (_, string output) = Run("ocsp", "-no_nonce", "-issuer", File(name + ".issuer.pem"), "-cert", File(name + ".pem"), "-CAfile", File(name + ".issuer.pem"), "-partial_chain", "-url", new Uri(server, path).ToString());
        return output.Replace(Store.Folder + Path.DirectorySeparatorChar, string.Empty);
    }

    /// <summary>Whether OpenSSL says that, and takes the response.</summary>
    public bool IsTold(ServerProgram server, string name, string status, string path = "ocsp/") =>
        Ask(server, name, path) is var said && said.Contains($"{name}.pem: {status}") && said.Contains("Response verify OK");

    /// <summary>The CRL at the address with a serial number; null where none is served.</summary>
    public static byte[]? Crl(ServerProgram server, CaAuthority authority)
    {
        using HttpResponseMessage response = server.Client.GetAsync(new Uri(server.Url, $"crl/{authority.SerialNumber.Replace(":", "")}/")).Result;
        return response.IsSuccessStatusCode ? response.Content.ReadAsByteArrayAsync().Result : null;
    }

    /// <summary>What the health says.</summary>
    public static (bool Ready, string Warnings) Health(ServerProgram server)
    {
        using HttpResponseMessage response = server.Client.GetAsync(new Uri(server.Url, "health/ready")).Result;
        JsonElement state = JsonDocument.Parse(response.Content.ReadAsStringAsync().Result).RootElement;
        bool ready = state.GetProperty("ready").GetBoolean();
        return (ready, string.Join(" ", state.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString())));
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var done = Tool.Run("openssl", arguments);
        return (done.ExitCode, done.Output);
    }

    public void Dispose() => Store.Dispose();
}
