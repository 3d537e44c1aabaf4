using System;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using PSCertAuthority;
using PSCertAuthority.Hosting;
using PSCertAuthority.Server.Hosting;
using PSCertAuthority.Server.Web.Hosting;

return await Run(args);

static async Task<int> Run(string[] arguments)
{
    const int usage = 64, failed = 1;
    bool isWeb = arguments.Contains(WebOptionsParser.Mode);
    PipeChannel? pipe = null;
    try
    {
        if (isWeb)
        {
            WebOptions web = WebOptionsParser.Parse(arguments);
            pipe = web.UsesPipe ? OpenPipe() : null;
            ServerMessage? hello = pipe?.Read();
            await new WebServer(web, pipe, new WebSecrets { Password = ReadSecret(hello, "password"), TlsPassword = ReadSecret(hello, "tlsPassword") }).RunAsync();
            return 0;
        }

        ServerOptions options = ServerOptionsParser.Parse(arguments);
        pipe = options.UsesPipe ? OpenPipe() : null;
        await new ResponderServer(options, pipe, new ResponderSecrets { Password = ReadSecret(pipe?.Read(), "password") }).RunAsync();
        return 0;
    }
    catch (UsageException e)
    {
        await Console.Error.WriteLineAsync($"{e.Message}\n\n{(isWeb ? WebOptionsParser.Usage : ServerOptionsParser.Usage)}");
        return usage;
    }
    catch (CaException e)
    {
        pipe?.Send(new ServerMessage(ServerMessage.Failed).With("errorId", e.ErrorId).With("message", e.Message));
        await Console.Error.WriteLineAsync(e.Message);
        return failed;
    }
}

static PipeChannel OpenPipe()
{
    var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    return new PipeChannel(new StreamReader(Console.OpenStandardInput(), utf8), new StreamWriter(Console.OpenStandardOutput(), utf8) { NewLine = "\n" });
}

static SecureString? ReadSecret(ServerMessage? hello, string name)
{
    byte[] octets = hello?.Octets(name) ?? [];
    if (octets.Length == 0)
        return null;
    var password = new SecureString();
    foreach (char c in Encoding.UTF8.GetChars(octets))
        password.AppendChar(c);
    Array.Clear(octets);
    password.MakeReadOnly();
    return password;
}
