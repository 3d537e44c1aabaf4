using System;
using System.Threading;
using System.Threading.Tasks;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Hashing passwords costs time and memory on purpose; who sends many at once must not take the machine.</summary>
internal sealed class SignInQueue : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _free = new(AtOnce);

    /// <summary>Does the work in its turn.</summary>
    /// <returns>What came of it; null where too many are waiting.</returns>
    public async Task<T?> TryRunAsync<T>(Func<T> work, CancellationToken cancellation)
        where T : class
    {
        if (!await _free.WaitAsync(Patience, cancellation))
            return null;
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
