using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace PSCertAuthority.Server.Http;

/// <summary>Whether the responder can answer, and what its keeper should know.</summary>
internal sealed record Readiness(bool Ready, IReadOnlyList<string> Warnings, DateTime StartedAt, long Requests, long Signatures, int Certificates, double IndexAgeSeconds, IReadOnlyList<ReadyAuthority> Authorities);

/// <summary>An authority that is served.</summary>
internal sealed record ReadyAuthority(string Name, string SerialNumber, DateTime? ResponderNotAfter);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
