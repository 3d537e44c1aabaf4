using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>
/// Lets no request in while the store is missing or an empty file: to the engine it would be a store without users, and the first record of a refusal would
/// make a new one in its place. When it is back, all goes on, sessions too.
/// </summary>
internal sealed partial class StoreGuard(RequestDelegate next, CaEngine engine, ILogger<StoreGuard> logger)
{
    private static readonly PathString Health = "/health";
    private string? _failing;

    /// <summary>Whether it is a failure of the store as such, and none of what was asked of it.</summary>
    public static bool IsAboutStore(CaException failure) => failure.ErrorId.StartsWith("Store", StringComparison.Ordinal);

    /// <summary>Remembers what the engine refused, for the page that tells of it.</summary>
    public static void Note(HttpContext context, CaException failure) => context.Items[typeof(CaException)] = failure;

    /// <summary>Why this request could not use the store; null where that was not met.</summary>
    public static CaException? FailureOf(HttpContext context) => context.Items[typeof(CaException)] is CaException failure && IsAboutStore(failure) ? failure : null;

    /// <summary>Passes a request on, or answers 503.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // The page of an error needs no store.
        bool needsStore = !context.Request.Path.StartsWithSegments(Health) && context.Features.Get<IStatusCodeReExecuteFeature>() is null;
        if (needsStore)
            Look(context);
        if (FailureOf(context) is not null && needsStore)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else
            await next(context);
        // Once for each failure: every request meets it.
        string? failing = FailureOf(context) is { ErrorId: not "StoreLocked" } failure ? failure.ErrorId : null;
        if (needsStore && Interlocked.Exchange(ref _failing, failing) != failing)
            Log(FailureOf(context));
    }

    private void Look(HttpContext context)
    {
        try
        {
            engine.RequireStore();
        }
        catch (CaException e)
        {
            Note(context, e);
        }
    }

    private void Log(CaException? failure)
    {
        if (failure is null)
            LogBack(logger);
        else
            LogFailure(logger, failure.ErrorId, failure.Message);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be read ({ErrorId}): {Why} Every page answers 503 until it can.")]
    private static partial void LogFailure(ILogger logger, string errorId, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store can be read again.")]
    private static partial void LogBack(ILogger logger);
}
