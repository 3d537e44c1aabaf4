using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Leaves a record of each act that was refused. The engine sees to it that floods of them do not fill the store.</summary>
internal sealed partial class RefusedActs(CaEngine engine, ILogger<RefusedActs> logger)
{
    /// <summary>Refuses an act: writes it down, and answers with that status.</summary>
    public StatusCodeResult Refuse(HttpContext context, string why, int status)
    {
        Record(context, why);
        return new StatusCodeResult(status);
    }

    /// <summary>Writes down that a request was refused, and why.</summary>
    public void Record(HttpContext context, string why)
    {
        string target = $"{context.Request.Method} {context.Request.Path}";
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Refused {Target} ({Why}), which could not be recorded: {Message}")]
    private static partial void LogLost(ILogger logger, string target, string why, string message);
}
