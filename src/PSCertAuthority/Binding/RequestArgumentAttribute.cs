using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>Reads a request from what it was given as: bytes, a deserialized request, and where told so a file or text. Its signature is checked each time.</summary>
public sealed class RequestArgumentAttribute : DeserializedArgumentAttribute
{
    /// <summary>Whether a file, a path and PEM text are read, too; without it they are left to a parameter that takes paths.</summary>
    public bool TakesText { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? bare = Unwrapped.Of(inputData);
        return bare switch
        {
            byte[] content => Read(content),
            _ when !TakesText => base.Transform(engineIntrinsics, inputData),
            FileInfo file => ReadFile(file.FullName),
            string text when RequestText.IsRequest(text) => Read(Encoding.UTF8.GetBytes(text)),
            string path => ReadFile(engineIntrinsics.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)),
            IList lines when RequestText.TryJoin(lines.Cast<object?>().Select(line => line?.ToString()), out string joined) => Read(Encoding.UTF8.GetBytes(joined)),
            _ => base.Transform(engineIntrinsics, inputData),
        };
    }

    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (!Was(remains, typeof(CaCertificateRequest)) || remains.Properties[nameof(CaCertificateRequest.RawData)]?.Value is not { } value
            || Unwrapped.Of(value) is not byte[] content)
        {
            return null;
        }

        return Read(content);
    }

    private static CaCertificateRequest Read(byte[] content)
    {
        try
        {
            return CertificateRequestReader.Read(content, "The request");
        }
        catch (CaException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static CaCertificateRequest ReadFile(string path)
    {
        try
        {
            return CertificateRequestReader.ReadFile(path);
        }
        catch (CaException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
