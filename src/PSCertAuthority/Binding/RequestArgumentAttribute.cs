using System.Management.Automation;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>Reads a deserialized request again; its signature is checked as that of a file is.</summary>
public sealed class RequestArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (!Was(remains, typeof(CaCertificateRequest)) || remains.Properties[nameof(CaCertificateRequest.RawData)]?.Value is not { } value
            || (value is PSObject wrapped ? wrapped.BaseObject : value) is not byte[] content)
        {
            return null;
        }

        try
        {
            return CertificateRequestReader.Read(content, "The request");
        }
        catch (CaException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
