using PSCertAuthority.Ocsp;

namespace PSCertAuthority;

/// <summary>What has to happen when the module is removed from a session.</summary>
public static class ModuleEnd
{
    /// <summary>Stops the servers that this session started.</summary>
    public static void StopServers() => ResponderService.StopAll();
}
