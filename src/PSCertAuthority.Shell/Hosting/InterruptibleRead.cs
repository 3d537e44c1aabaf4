using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Reads beside the calling thread, because nothing wakes a thread that waits for standard input at Ctrl+C.</summary>
internal static class InterruptibleRead
{
    /// <summary>Reads, and waits for it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Waits for input; where it is interrupted, it goes on waiting until the process ends.</param>
    /// <param name="interrupted">Cancelled at Ctrl+C.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public static T Wait<T>(Func<T> read, CancellationToken interrupted)
    {
        Task<T> reading = Task.Run(read, CancellationToken.None);
        try
        {
            Task.WaitAny([reading], interrupted);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        return reading.GetAwaiter().GetResult();
    }
}
