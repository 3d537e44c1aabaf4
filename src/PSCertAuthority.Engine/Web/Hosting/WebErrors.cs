using System.Net;
using PSCertAuthority.Hosting;

namespace PSCertAuthority.Web;

/// <summary>What is wrong with how a web interface is to be set up, each with its id.</summary>
internal static class WebErrors
{
    public static CaServerException PlainAddressRefused(IPAddress address) => new(
        "WebInterfacePlainAddressRefused", CaErrorCategory.InvalidArgument,
        $"Without TLS, passwords and sessions could be read on the way to {address}. Give an authority or a certificate, listen at 127.0.0.1, or insist with -Force.", address.ToString());

    public static CaServerException HostNameInvalid(string name) => new(
        "WebInterfaceHostNameInvalid", CaErrorCategory.InvalidArgument, $"'{name}' is no host name. Give names such as pki.example.com, without port or path.", name);
}
