using System;
using System.IO;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using PSCertAuthority;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Hosting;

return await Run(args);

static async Task<int> Run(string[] arguments)
{
    const int usage = 64, failed = 1;
    ServerOptions options;
    try
    {
        options = ServerOptionsParser.Parse(arguments);
    }
    catch (UsageException e)
    {
        await Console.Error.WriteLineAsync($"{e.Message}\n\n{ServerOptionsParser.Usage}");
        return usage;
    }

    PipeChannel? pipe = options.UsesPipe ? OpenPipe() : null;
    var secrets = new ResponderSecrets();
    try
    {
        if (pipe is not null)
            secrets.Password = ReadPassword(pipe);
        await new ResponderServer(options, pipe, secrets).RunAsync();
        return 0;
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

static SecureString? ReadPassword(PipeChannel pipe)
{
    byte[] octets = pipe.Read()?.Octets("password") ?? [];
    if (octets.Length == 0)
        return null;
    var password = new SecureString();
    foreach (char c in Encoding.UTF8.GetChars(octets))
        password.AppendChar(c);
    Array.Clear(octets);
    password.MakeReadOnly();
    return password;
}
