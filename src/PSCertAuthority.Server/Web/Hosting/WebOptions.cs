using System;
using System.Collections.Generic;
using System.Net;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>What the program was told about its web interface. No secret is among it.</summary>
internal sealed record WebOptions
{
    /// <summary>The full path of the store.</summary>
    public required string StorePath { get; init; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8443);

    /// <summary>Further names that it is reached by.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>A file with the certificate for TLS, and those above it: PEM, or PKCS #12 with the key.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The key that belongs to a certificate in PEM.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Whether key and certificate for TLS come through the pipe.</summary>
    public bool TlsFromPipe { get; init; }

    /// <summary>Whether others may reach it without TLS.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Whether somebody at the other end of standard input started it.</summary>
    public bool UsesPipe { get; init; }

    /// <summary>A file that is removed to stop it; null for none.</summary>
    public string? RunFile { get; init; }

    /// <summary>How long a session lasts in which nothing is asked for.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lasts at most.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Whether it speaks TLS.</summary>
    public bool UsesTls => TlsFromPipe || TlsCertificate is not null;
}
