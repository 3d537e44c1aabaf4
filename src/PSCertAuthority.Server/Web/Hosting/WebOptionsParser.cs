using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using PSCertAuthority.Server.Hosting;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>Reads the arguments of the program for the web interface.</summary>
internal static class WebOptionsParser
{
    /// <summary>The argument that asks for the web interface in the place of the responder.</summary>
    public const string Mode = "--web";

    /// <summary>How the program is called for the web interface.</summary>
    public const string Usage = """
        PSCertAuthority.Server --web: the web interface of a store of PSCertAuthority.

          --store PATH                     the store
          --listen ADDRESS:PORT            where to listen; 127.0.0.1:8443
          --host-name NAME                 a further name that browsers reach it by; may be repeated
          --tls-certificate FILE           certificate and those above it, PEM; or PKCS #12 with the key
          --tls-key FILE                   the key of a certificate in PEM
          --no-tls                         without TLS, for this machine alone
          --force                          without TLS for others too
          --session-idle TIME              how long a session lasts in which nothing is asked for; 00:15:00
          --session-life TIME              how long a session lasts at most; 08:00:00
          --run-file PATH                  end when this file is removed
          --pipe, --tls-pipe               started by a cmdlet: messages, and key and certificate for TLS, over standard input and output

        """;

    /// <summary>The options.</summary>
    /// <exception cref="UsageException">An argument is unknown, or says nothing that can be done.</exception>
    public static WebOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new WebOptions { StorePath = string.Empty };
        var names = new List<string>();
        bool noTls = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new UsageException($"{name} needs a value.");
            switch (name)
            {
                case Mode: break;
                case "--store": options = options with { StorePath = Path.GetFullPath(Value()) }; break;
                case "--listen": options = options with { Listen = ServerOptionsParser.ToEndPoint(Value()) }; break;
                case "--host-name": names.Add(Value()); break;
                case "--tls-certificate": options = options with { TlsCertificate = Path.GetFullPath(Value()) }; break;
                case "--tls-key": options = options with { TlsKey = Path.GetFullPath(Value()) }; break;
                case "--tls-pipe": options = options with { TlsFromPipe = true }; break;
                case "--no-tls": noTls = true; break;
                case "--force": options = options with { AllowPlain = true }; break;
                case "--session-idle": options = options with { SessionIdle = ServerOptionsParser.ToTime(Value(), TimeSpan.FromSeconds(1)) }; break;
                case "--session-life": options = options with { SessionLife = ServerOptionsParser.ToTime(Value(), TimeSpan.FromSeconds(1)) }; break;
                case "--run-file": options = options with { RunFile = Path.GetFullPath(Value()) }; break;
                case "--pipe": options = options with { UsesPipe = true }; break;
                default: throw new UsageException($"'{name}' is no argument of the web interface.");
            }
        }

        return Check(options with { HostNames = names }, noTls);
    }

    private static WebOptions Check(WebOptions options, bool noTls)
    {
        if (options.StorePath.Length == 0)
            throw new UsageException("--store is missing.");
        if (!options.UsesTls && !noTls)
            throw new UsageException("Give --tls-certificate, or --no-tls.");
        if (!options.UsesTls && !IPAddress.IsLoopback(options.Listen.Address) && !options.AllowPlain)
            throw new UsageException($"Without TLS, passwords and sessions could be read on the way to {options.Listen.Address}. Give --tls-certificate, listen at 127.0.0.1, or insist with --force.");
        return options;
    }
}
