using System;
using System.Net;

namespace PSCertAuthority.Hosting;

/// <summary>Every failure of starting and stopping a server program, in the words of the one that was wanted.</summary>
/// <param name="Prefix">What the ids begin with.</param>
/// <param name="Name">What it is called in a sentence.</param>
/// <param name="Noun">The noun of its cmdlets.</param>
internal sealed record ServerErrors(string Prefix, string Name, string Noun)
{
    /// <summary>The OCSP responder.</summary>
    public static ServerErrors Responder { get; } = new("Responder", "responder", "CaOcspResponder");

    /// <summary>The web interface.</summary>
    public static ServerErrors WebInterface { get; } = new("WebInterface", "web interface", "CaWebInterface");

    public CaServerException DotNetMissing() => new(
        "DotNetMissing", CaErrorCategory.ObjectNotFound,
        $"The {Name} is a program for .NET 10, and no 'dotnet' was found in PATH, DOTNET_ROOT or the usual places. "
        + "Install the ASP.NET Core Runtime 10: https://dotnet.microsoft.com/download/dotnet/10.0", null);

    public CaServerException AspNetCoreMissing(string dotnet) => new(
        "AspNetCoreMissing", CaErrorCategory.ObjectNotFound,
        $"The {Name} needs the ASP.NET Core Runtime 10 (Microsoft.AspNetCore.App), which '{dotnet}' does not have. "
        + "Install it: https://dotnet.microsoft.com/download/dotnet/10.0, or the package aspnetcore-runtime-10.0 of your system.", dotnet);

    public CaServerException ProgramMissing(string path) => new(
        $"{Prefix}ProgramMissing", CaErrorCategory.ObjectNotFound, $"The program of the {Name} is missing: '{path}'. Install the module again.", path);

    public CaServerException Ended(int exitCode, string said) => new(
        $"{Prefix}Ended", CaErrorCategory.InvalidOperation,
        $"The {Name} ended with {exitCode} before it answered{(said.Length == 0 ? "." : ": " + said.TrimEnd('.') + ".")} Start it again with -LogPath to see more.", null);

    public CaServerException Slow(TimeSpan patience) => new(
        $"{Prefix}StartTimedOut", CaErrorCategory.OperationTimeout,
        $"The {Name} did not answer within {patience.TotalSeconds} seconds of its start, and was ended. Try again when the machine is less busy; -LogPath writes what it does to a file.", null);

    public CaServerException NotFound(string what) => new(
        $"{Prefix}NotFound", CaErrorCategory.ObjectNotFound, $"No {Name} runs {what}. Get-{Noun} shows those that do.", what);

    public CaServerException OfOtherStore(string what) => new(
        $"{Prefix}OfOtherStore", CaErrorCategory.InvalidArgument,
        $"The {Name} at {what} works on another store. Leave out -StorePath, or get it with Get-{Noun} -StorePath.", what);

    public CaServerException NotStopped(ServerRun run) => new(
        $"{Prefix}NotStopped", CaErrorCategory.OperationTimeout,
        $"The {Name} at {run.Url} (process {run.ProcessId}) did not end. It may belong to another account, which has to stop it.", run.Url);

    public CaServerException StartFailed(string dotnet, Exception cause) => new(
        $"{Prefix}StartFailed", CaErrorCategory.InvalidOperation, $"'{dotnet}' could not be started: {cause.Message}", dotnet, cause);

    public CaServerException PortInUse(IPEndPoint endpoint, Exception cause) => new(
        $"{Prefix}PortInUse", CaErrorCategory.ResourceBusy, $"The {Name} cannot listen at {endpoint}: another program uses the port. Give another one with -Port.", endpoint.ToString(), cause);

    public CaServerException AddressUnusable(IPEndPoint endpoint, Exception cause) => new(
        $"{Prefix}AddressUnusable", CaErrorCategory.InvalidArgument, $"The {Name} cannot listen at {endpoint}: {cause.Message}", endpoint.ToString(), cause);
}
