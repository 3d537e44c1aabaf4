using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace PSCertAuthority.Commands;

/// <summary>The files that one call has written, each with what it holds: what it wrote itself it does not replace by something else.</summary>
internal sealed class WrittenFiles
{
    private readonly Dictionary<string, (string Fingerprint, string What)> _files =
        new(RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    /// <summary>What this call has written to a file, where that was something else; null where it was not.</summary>
    public string? OtherThan(string fingerprint, string path) => _files.TryGetValue(path, out (string Fingerprint, string What) file) && file.Fingerprint != fingerprint ? file.What : null;

    /// <summary>Remembers what was written.</summary>
    public void Add(string path, string fingerprint, string what) => _files[path] = (fingerprint, what);
}
