using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Binding;

/// <summary>Completes names that stand for OIDs or bits; the tool tip says what each means.</summary>
public abstract class NamedOidCompleter : WordCompleter
{
    /// <summary>The names to choose from.</summary>
    protected abstract IReadOnlyList<NamedOid> Names { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line) =>
        Names.Select(named => (named.Name, named.Oid.Length == 0 ? named.Description : $"{named.Description} ({named.Oid})"));
}

/// <summary>Completes key usages.</summary>
public sealed class KeyUsageCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => KeyUsageNames.All;
}

/// <summary>Completes extended key usages.</summary>
public sealed class ExtendedKeyUsageCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => ExtendedKeyUsageNames.All;
}

/// <summary>Completes certificate policies.</summary>
public sealed class CertificatePolicyCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => CertificatePolicyNames.All;
}

/// <summary>Completes the names of extensions.</summary>
public sealed class ExtensionNameCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => CertificateExtension.Known;
}
