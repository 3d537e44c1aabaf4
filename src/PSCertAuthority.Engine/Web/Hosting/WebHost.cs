using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Security;
using System.Text;
using System.Threading;
using PSCertAuthority.Hosting;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Web;

/// <summary>Serves a web interface program: hands it passwords and keys for TLS through the pipe.</summary>
internal sealed class WebHost(WebInterfaceOptions options, TlsIssuer? issuer) : ServerHost
{
    private ServerMessage? _first = issuer?.Issue();

    public IReadOnlyList<string> Arguments(string storePath, string runFile)
    {
        string address = options.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{options.Address}]" : options.Address.ToString();
        List<string> arguments = ["--web", "--pipe", "--store", storePath, "--listen", $"{address}:{options.Port}", "--run-file", runFile];
        foreach (string name in options.HostNames)
            arguments.AddRange(["--host-name", name]);
        if (issuer is not null)
            arguments.Add("--tls-pipe");
        if (options.CertificatePath is { } certificate)
            arguments.AddRange(["--tls-certificate", certificate, "--tls-key", options.KeyPath!]);
        if (options.PfxPath is { } pfx)
            arguments.AddRange(["--tls-certificate", pfx]);
        if (!options.UsesTls)
            arguments.Add("--no-tls");
        if (options.AllowPlain)
            arguments.Add("--force");
        return arguments;
    }

    protected override ServerMessage Hello()
    {
        var hello = new ServerMessage(ServerMessage.Hello);
        Put(hello, "password", options.Password);
        Put(hello, "tlsPassword", options.TlsPassword);
        return hello;
    }

    protected override ServerMessage Answer(ServerMessage question) => question.Kind == ServerMessage.TlsWanted && issuer is not null
        ? Interlocked.Exchange(ref _first, null) ?? issuer.Issue()
        : throw new InvalidOperationException($"'{question.Kind}' is no question of a web interface.");

    private static void Put(ServerMessage message, string name, SecureString? secret)
    {
        if (secret is null)
            return;
        using var text = new PasswordText(secret);
        byte[] octets = Encoding.UTF8.GetBytes(text.Characters);
        message.With(name, octets);
        Array.Clear(octets, 0, octets.Length);
    }
}
