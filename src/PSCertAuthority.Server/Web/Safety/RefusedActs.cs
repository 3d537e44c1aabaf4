using System.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Leaves a record of each act that was refused. The engine sees to it that floods of them do not fill the store.</summary>
internal sealed partial class RefusedActs(CaEngine engine, ILogger<RefusedActs> logger)
{
    // The engine shortens what is longer than all of them; none of them may push the others out.
    private const int LongestMethod = 20;
    private const int LongestPath = 200;
    private const int LongestHandler = 40;

    /// <summary>Refuses an act: writes it down, and answers with that status.</summary>
    public StatusCodeResult Refuse(HttpContext context, string why, int status)
    {
        Record(context, why);
        return new StatusCodeResult(status);
    }

    /// <summary>Writes down that a request was refused, and why.</summary>
    public void Record(HttpContext context, string why)
    {
        string target = TargetOf(context);
        string from = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        try
        {
            engine.Audit.Record(AuditAct.WebActRefused, target, SessionCheck.UserOf(context) is null ? $"{why}, from {from}" : why);
        }
        catch (CaException e)
        {
            // It stays refused, whether that can be written down or not.
            LogLost(logger, target, why, e.Message);
        }
    }

    /// <summary>Which act was asked for: by the path, or where the path leaves it open by the query.</summary>
    private static string TargetOf(HttpContext context)
    {
        HttpRequest request = context.Request;
        string target = $"{Shorten(request.Method, LongestMethod)} {Shorten(request.Path.ToString(), LongestPath)}";
        string handler = context.GetRouteValue("handler") is null ? SessionPolicy.HandlerOf(context) : string.Empty;
        return handler.Length == 0 ? target : $"{target}?handler={Shorten(NameOf(handler), LongestHandler)}";
    }

    /// <summary>A handler's name; whatever else a stranger sent as one can be read, and does nothing where it is shown.</summary>
    private static string NameOf(string handler) => string.Concat(handler.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    [LoggerMessage(Level = LogLevel.Error, Message = "Refused {Target} ({Why}), which could not be recorded: {Message}")]
    private static partial void LogLost(ILogger logger, string target, string why, string message);
}
