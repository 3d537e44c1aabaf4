using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>Which certificates of a chain are handed out.</summary>
internal static class AuthorityChain
{
    /// <summary>The certificates as DER, in the order of the chain.</summary>
    /// <param name="chain">An authority and those above it.</param>
    /// <param name="extent">How many of them.</param>
    public static IReadOnlyList<byte[]> Select(IEnumerable<AuthorityRecord> chain, ChainExtent extent) => extent switch
    {
        ChainExtent.None => [],
        // By the certificate, not by the record: the top of what is in this store need not be the root.
        ChainExtent.Intermediates => [.. chain.Select(a => a.Certificate).Where(der => !new DecodedCertificate(der).IsSelfSigned)],
        _ => [.. chain.Select(a => a.Certificate)],
    };
}
