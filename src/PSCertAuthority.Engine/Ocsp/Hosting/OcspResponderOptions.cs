using System;
using System.Collections.Generic;
using System.Net;
using System.Security;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Ocsp;

/// <summary>How a responder is to be started.</summary>
public sealed record OcspResponderOptions
{
    /// <summary>The shortest time for which responses and CRLs can be valid.</summary>
    internal static readonly TimeSpan ShortestValidity = TimeSpan.FromSeconds(10);

    /// <summary>The longest time for which responses and CRLs can be valid.</summary>
    internal static readonly TimeSpan LongestValidity = TimeSpan.FromDays(30);

    /// <summary>The full path of the server program, <c>PSCertAuthority.Server.dll</c>.</summary>
    public required string Program { get; init; }

    /// <summary>The authorities that it speaks for.</summary>
    public required IReadOnlyList<AuthorityIdentity> Authorities { get; init; }

    /// <summary>Where it listens; this machine alone unless told otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Its port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8888;

    /// <summary>Opens the keys of the authorities; null where they are not encrypted.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Whether the server opens the authorities' keys itself. Without it, they stay with who started the server.</summary>
    public bool UseAuthorityKey { get; init; }

    /// <summary>The certificate of the responder, where it is given; then no key of an authority is needed, and one authority is served.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The key that belongs to <see cref="CertificatePath"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>A CRL file to serve, where the CRLs are made elsewhere.</summary>
    public string? CrlPath { get; init; }

    /// <summary>How long OCSP responses are valid; from ten seconds to 30 days.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the CRLs that it serves are valid; from ten seconds to 30 days.</summary>
    public TimeSpan CrlValidity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The file that its log goes to; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>How long the program may take until it answers; reading a large store takes its time.</summary>
    internal TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The environment that says where dotnet is.</summary>
    internal Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Refuses a time for which nothing can be valid.</summary>
    /// <exception cref="CaResponderException"><c>OcspValidityInvalid</c>.</exception>
    internal static void RequireValidity(TimeSpan validFor, string parameter)
    {
        if (validFor < ShortestValidity || validFor > LongestValidity)
            throw ResponderErrors.ValidityInvalid(validFor, parameter);
    }
}
