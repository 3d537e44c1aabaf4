using System;
using System.Collections.Generic;
using System.Net;
using System.Security;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Web;

/// <summary>How the web interface is to be started.</summary>
public sealed record WebInterfaceOptions
{
    /// <summary>The full path of the server program, <c>PSCertAuthority.Server.dll</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Where it listens; this machine alone unless told otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Its port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8443;

    /// <summary>Further names that browsers reach it by; requests for other names are refused.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>The authority that certifies the key of the web server, made for it and renewed; null where a certificate is given, or none wanted.</summary>
    public AuthorityIdentity? Authority { get; init; }

    /// <summary>The certificate of the web server, with those above it, as PEM.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The key that belongs to <see cref="CertificatePath"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Certificate and key of the web server as PKCS #12.</summary>
    public string? PfxPath { get; init; }

    /// <summary>Opens <see cref="KeyPath"/> or <see cref="PfxPath"/>.</summary>
    public SecureString? TlsPassword { get; init; }

    /// <summary>Whether it may be reached by others without TLS.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Opens the keys of the authorities; null where they are not encrypted.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The file that its log goes to; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>How long the program may take until it answers.</summary>
    internal TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The environment that says where dotnet is.</summary>
    internal Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

    internal bool UsesTls => Authority is not null || CertificatePath is not null || PfxPath is not null;
}
