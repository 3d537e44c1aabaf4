using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Of refusals beyond sixty a minute only the number is recorded, when the minute has passed; a program that ends earlier records it then.</summary>
internal sealed partial class CountedRefusals(CaEngine engine, ILogger<CountedRefusals> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A store that is gone is not made anew for it.
            engine.RequireStore();
            engine.Audit.RecordCountedRefusals();
        }
        catch (CaException e)
        {
            LogLost(e.ErrorId, e.Message);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The number of refused acts could not be recorded at the end ({ErrorId}): {Reason}")]
    private partial void LogLost(string errorId, string reason);
}
