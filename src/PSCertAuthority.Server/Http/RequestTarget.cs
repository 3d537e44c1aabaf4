using System;

namespace PSCertAuthority.Server.Http;

/// <summary>What a request asks for, as it was sent: base64 has slashes that must not be taken for parts of a path, nor be normalized away.</summary>
/// <param name="Path">Begins with one slash.</param>
/// <param name="Query">With its question mark; empty without one.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    /// <summary>Reads the request target in origin-form or absolute-form (RFC 9112, sections 3.2.1 and 3.2.2).</summary>
    public static RequestTarget Of(string raw)
    {
        int authority = raw.StartsWith('/') ? -1 : raw.IndexOf("://", StringComparison.Ordinal);
        string rest = authority < 0 ? raw : AfterAuthority(raw[(authority + 3)..]);
        int question = rest.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? rest : rest[..question];
        // Clients join a URL that ends with a slash and a path that begins with one.
        return new RequestTarget("/" + path.TrimStart('/'), question < 0 ? string.Empty : rest[question..]);
    }

    /// <summary>What follows a folder; null where the path is not in it. Slashes in front do not count; one at the end may belong to base64.</summary>
    public string? Below(string folder)
    {
        if (!Path.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
            return null;
        string rest = Path[folder.Length..];
        // Clients post to the address as the certificate has it, where the slash at the end may be missing.
        return rest.Length == 0 || rest[0] == '/' ? rest.TrimStart('/') : null;
    }

    private static string AfterAuthority(string rest)
    {
        int end = rest.AsSpan().IndexOfAny('/', '?');
        return end < 0 ? string.Empty : rest[end..];
    }
}
