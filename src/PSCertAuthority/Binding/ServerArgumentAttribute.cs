using System;
using System.Globalization;
using System.Management.Automation;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Web;

namespace PSCertAuthority.Binding;

/// <summary>Lets objects of running servers, what is left of them, and rows of a table with an instance id or a port name a server.</summary>
public sealed class ServerArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value switch
    {
        OcspResponder responder => new ServerIdentity(responder),
        WebInterface web => new ServerIdentity(web),
        Uri url => new ServerIdentity(url.ToString()),
        _ => null,
    };

    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        string? store = TextOf(remains, nameof(OcspResponder.StorePath)), port = TextOf(remains, nameof(OcspResponder.Port)), url = TextOf(remains, nameof(OcspResponder.Url));
        if (TextOf(remains, nameof(OcspResponder.InstanceId)) is { } text && Guid.TryParse(text, out Guid instance))
            return new ServerIdentity(instance, url ?? port ?? text, store);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? new ServerIdentity(number) : null;
    }
}
