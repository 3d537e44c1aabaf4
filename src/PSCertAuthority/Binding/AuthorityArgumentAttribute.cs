using System.Management.Automation;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Binding;

/// <summary>Lets a deserialized authority name the authority of the store again.</summary>
public sealed class AuthorityArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (!Was(remains, typeof(CaAuthority)) || TextOf(remains, nameof(CaAuthority.Name)) is not { } name)
            return null;
        return TextOf(remains, nameof(CaAuthority.SerialNumber)) is { } serialNumber ? new AuthorityIdentity(serialNumber, name) : new AuthorityIdentity(name);
    }
}
