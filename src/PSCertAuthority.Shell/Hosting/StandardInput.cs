using System;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Tells whether this program was given a standard input at all.</summary>
internal static class StandardInput
{
    private const string Descriptor = "/proc/self/fdinfo/0";
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux, on every architecture .NET runs on

    /// <summary>Whether it was closed at the start, as <c>program &lt;&amp;-</c> does; false where that cannot be told.</summary>
    /// <remarks>
    /// The first file that the runtime opens takes the free descriptor 0, and a read would wait for ever on one of its own pipes.
    /// The runtime marks its files as not to be inherited; a descriptor that was inherited cannot have that mark.
    /// </remarks>
    public static bool IsClosed { get; } =
        OperatingSystem.IsLinux() && File.Exists(Descriptor) && (Flags() & CloseOnExec) != 0;

    private static int Flags()
    {
        string? flags = File.ReadLines(Descriptor).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is null ? 0 : Convert.ToInt32(flags["flags:".Length..].Trim(), fromBase: 8);
    }
}
