using System.Net;
using System.Net.Sockets;

namespace PSCertAuthority.Hosting;

/// <summary>An address that a server is to listen at.</summary>
internal static class ListenAddress
{
    /// <summary>Refuses an address where nobody can listen now, so that nothing is prepared in vain. Another program may still be first.</summary>
    /// <param name="address">One of this machine.</param>
    /// <param name="port">0 is any, and always free.</param>
    /// <param name="errors">In whose words.</param>
    /// <exception cref="CaServerException"><c>…PortInUse</c> or <c>…AddressUnusable</c>.</exception>
    public static void RequireFree(IPAddress address, int port, ServerErrors errors)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            var endpoint = new IPEndPoint(address, port);
            throw e.SocketErrorCode == SocketError.AddressAlreadyInUse ? errors.PortInUse(endpoint, e) : errors.AddressUnusable(endpoint, e);
        }
        finally
        {
            listener.Stop();
        }
    }
}
