using System;
using System.Collections.Generic;
using System.Net;

namespace PSCertAuthority.Server.Hosting;

/// <summary>What the program was told. No secret is among it.</summary>
internal sealed record ServerOptions
{
    /// <summary>The full path of the store.</summary>
    public required string StorePath { get; init; }

    /// <summary>Where it listens.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Names, common names or serial numbers of the authorities; none for all.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>Files with certificate and key of the responder, by authority.</summary>
    public IReadOnlyList<ResponderFiles> Responders { get; init; } = [];

    /// <summary>Files with CRLs that were made elsewhere, by authority.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Crls { get; init; } = [];

    /// <summary>Whether this program opens the authorities' own keys, to make credentials and CRLs itself.</summary>
    public bool UsesAuthorityKeys { get; init; }

    /// <summary>Whether somebody at the other end of standard input makes them.</summary>
    public bool UsesPipe { get; init; }

    /// <summary>How long OCSP responses are valid.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long CRLs are valid.</summary>
    public TimeSpan CrlValidity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A file that is removed to stop it; null for none.</summary>
    public string? RunFile { get; init; }
}

/// <summary>Where certificate and key of a responder are.</summary>
/// <param name="Authority">For which authority.</param>
/// <param name="CertificatePath">PEM or DER.</param>
/// <param name="KeyPath">Not encrypted, readable by the program's account alone.</param>
internal sealed record ResponderFiles(string Authority, string CertificatePath, string KeyPath);
