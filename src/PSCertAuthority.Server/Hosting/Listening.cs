using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using PSCertAuthority.Hosting;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Begins to listen, or says why that cannot be.</summary>
internal static class Listening
{
    /// <summary>Starts a web application.</summary>
    /// <exception cref="CaServerException">The port is taken, or the address is not one of this machine.</exception>
    public static async Task StartAsync(WebApplication application, IPEndPoint listen, ServerErrors errors)
    {
        try
        {
            await application.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw errors.PortInUse(listen, e);
        }
        catch (SocketException e)
        {
            throw errors.AddressUnusable(listen, e);
        }
    }
}
