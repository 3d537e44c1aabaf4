using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Extensions;

/// <summary>The certificate policies that are known by name: those of RFC 5280 and of the CA/Browser Forum.</summary>
public static class CertificatePolicyNames
{
    /// <summary>All that have a name.</summary>
    public static IReadOnlyList<NamedOid> All { get; } =
    [
        new("domain-validated", "2.23.140.1.2.1", "Domain Validated"),
        new("organization-validated", "2.23.140.1.2.2", "Organization Validated"),
        new("individual-validated", "2.23.140.1.2.3", "Individual Validated"),
        new("extended-validation", "2.23.140.1.1", "Extended Validation"),
        new("code-signing", "2.23.140.1.4.1", "Code Signing, CA/Browser Forum"),
        new("extended-validation-code-signing", "2.23.140.1.3", "Extended Validation Code Signing"),
        new("time-stamping", "2.23.140.1.4.2", "Time Stamping, CA/Browser Forum"),
        new("any-policy", "2.5.29.32.0", "Any Policy"),
    ];

    /// <summary>The policy of that name, whatever its case, or of that OID; null where it is not known.</summary>
    internal static NamedOid? Find(string nameOrOid)
    {
        string name = string.Equals(nameOrOid, "anyPolicy", StringComparison.OrdinalIgnoreCase) ? "any-policy" : nameOrOid;
        return All.FirstOrDefault(p => p.Oid == name || string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
