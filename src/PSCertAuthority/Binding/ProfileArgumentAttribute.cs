using System;
using System.Management.Automation;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Binding;

/// <summary>Lets objects of profiles, what is left of them, and rows of a table with a name name a profile.</summary>
public sealed class ProfileArgumentAttribute() : NamedArgumentAttribute(nameof(CertificateProfile.MinimumRsaSize))
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value is CertificateProfile profile ? new ProfileIdentity(profile) : null;

    /// <summary>An empty cell of a table names no profile.</summary>
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrapped.Of(inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : base.Transform(engineIntrinsics, inputData);

    private protected override object Create(string name, Guid? id, string? storePath) => new ProfileIdentity(name, id, storePath);
}
