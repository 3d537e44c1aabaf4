using System;

namespace PSCertAuthority.Ocsp;

/// <summary>Every failure of starting and stopping responders, each with its id.</summary>
internal static class ResponderErrors
{
    public static CaResponderException DotNetMissing() => new(
        "DotNetMissing", CaErrorCategory.ObjectNotFound,
        "The responder is a program for .NET 10, and no 'dotnet' was found in PATH, DOTNET_ROOT or the usual places. "
        + "Install the ASP.NET Core Runtime 10: https://dotnet.microsoft.com/download/dotnet/10.0", null);

    public static CaResponderException AspNetCoreMissing(string dotnet) => new(
        "AspNetCoreMissing", CaErrorCategory.ObjectNotFound,
        $"The responder needs the ASP.NET Core Runtime 10 (Microsoft.AspNetCore.App), which '{dotnet}' does not have. "
        + "Install it: https://dotnet.microsoft.com/download/dotnet/10.0, or the package aspnetcore-runtime-10.0 of your system.", dotnet);

    public static CaResponderException ProgramMissing(string path) => new(
        "ResponderProgramMissing", CaErrorCategory.ObjectNotFound, $"The program of the responder is missing: '{path}'. Install the module again.", path);

    public static CaResponderException Ended(int exitCode, string said) => new(
        "ResponderEnded", CaErrorCategory.InvalidOperation,
        $"The responder ended with {exitCode} before it answered{(said.Length == 0 ? "." : ": " + said.TrimEnd('.') + ".")} Start it again with -LogPath to see more.", null);

    public static CaResponderException Slow(TimeSpan patience) => new(
        "ResponderStartTimedOut", CaErrorCategory.OperationTimeout, $"The responder did not answer within {patience.TotalSeconds} seconds of its start, and was ended. Try again when the machine is less busy; -LogPath writes what it does to a file.", null);

    public static CaResponderException NotFound(string what) => new(
        "ResponderNotFound", CaErrorCategory.ObjectNotFound, $"No responder runs {what}. Get-CaOcspResponder shows those that do.", what);

    public static CaResponderException NotStopped(OcspResponder responder) => new(
        "ResponderNotStopped", CaErrorCategory.OperationTimeout,
        $"The responder at {responder.Url} (process {responder.ProcessId}) did not end. It may belong to another account, which has to stop it.", responder.Url);

    public static CaResponderException FilesForOne() => new(
        "ResponderFilesForOne", CaErrorCategory.InvalidArgument,
        "A certificate and key of a responder, or a CRL file, are those of one authority. Name just one with -Authority.", null);

    public static CaResponderException IssuerUnknown(string issuer) => new(
        "OcspIssuerUnknown", CaErrorCategory.ObjectNotFound, $"The issuer '{issuer}' is not in this store. Give its certificate with -IssuerPath.", issuer);

    public static CaResponderException UriMissing(string serial, string? named) => new(
        "OcspUriMissing", CaErrorCategory.InvalidArgument,
        named is null ? $"The certificate {serial} names no OCSP responder. Give one with -Uri." : $"'{named}' is no HTTP address of a responder. Give one with -Uri.", serial);

    public static CaResponderException ValidityTooLong(TimeSpan validFor, DateTime end) => new(
        "OcspValidityTooLong", CaErrorCategory.InvalidArgument,
        $"Responses cannot be valid for {validFor}: the certificate of their signer ends on {end:yyyy-MM-dd HH:mm}. Give a shorter -ExpiresIn.", validFor);

    public static CaResponderException StartFailed(string dotnet, Exception cause) => new(
        "ResponderStartFailed", CaErrorCategory.InvalidOperation, $"'{dotnet}' could not be started: {cause.Message}", dotnet, cause);
}
