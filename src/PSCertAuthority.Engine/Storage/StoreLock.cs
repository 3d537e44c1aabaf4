using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace PSCertAuthority.Storage;

/// <summary>
/// The right to be the only one in the store: a queue within the process, a lock file between processes.
/// </summary>
/// <remarks>The lock file is never deleted: whoever waits on a deleted one would not exclude whoever makes the next.</remarks>
internal sealed class StoreLock : IDisposable
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Queues = new(StringComparer.Ordinal);

    [ThreadStatic]
    private static string? _heldByThread;

    // A store that is being upgraded has another one written while it is held.
    private readonly string? _heldBefore = _heldByThread;
    private readonly SemaphoreSlim _queue;
    private readonly FileStream _file;

    private StoreLock(SemaphoreSlim queue, FileStream file)
    {
        _queue = queue;
        _file = file;
    }

    /// <summary>Waits for the store at most <paramref name="timeout"/>.</summary>
    /// <exception cref="CaStoreException"><c>StoreLocked</c> or <c>StoreNotWritable</c>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static StoreLock Acquire(StorePaths paths, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // A unit inside a unit would wait for itself.
        if (_heldByThread == paths.Database) throw new InvalidOperationException("The store is already open in this thread.");
        var waited = Stopwatch.StartNew();
        SemaphoreSlim queue = Queues.GetOrAdd(paths.Database, _ => new SemaphoreSlim(1, 1));
        if (!queue.Wait(timeout, cancellationToken)) throw StoreErrors.Locked(paths.Database, HolderOf(paths), waited.Elapsed);
        try
        {
            var held = new StoreLock(queue, WaitForFile(paths, timeout, waited, cancellationToken));
            _heldByThread = paths.Database;
            return held;
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    public void Dispose()
    {
        _heldByThread = _heldBefore;
        _file.Dispose();
        _queue.Release();
    }

    private static FileStream WaitForFile(StorePaths paths, TimeSpan timeout, Stopwatch waited, CancellationToken cancellationToken)
    {
        for (int delay = 1; ; delay = Math.Min(delay * 2, 25))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (Exception exception) when (FileFailure.IsSharingViolation(exception))
            {
                if (waited.Elapsed >= timeout) throw StoreErrors.Locked(paths.Database, HolderOf(paths), waited.Elapsed);
            }
            catch (Exception exception) when (FileFailure.IsIo(exception))
            {
                throw FileFailure.IsDiskFull(exception)
                    ? StoreErrors.DiskFull(paths.Database, exception)
                    : Directory.Exists(Path.GetDirectoryName(paths.Lock)) ? StoreErrors.LockNotWritable(paths.Database, paths.Lock, exception) : StoreErrors.NotWritable(paths.Database, exception);
            }

            // The jitter keeps processes that were started together from always meeting again.
            cancellationToken.WaitHandle.WaitOne(delay + (Stopwatch.GetTimestamp() % 3 == 0 ? 1 : 0));
        }
    }

    private static StoreHolder? HolderOf(StorePaths paths)
    {
        try
        {
            using var stream = new FileStream(
                paths.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1024);
            using var reader = new StreamReader(stream);
            return StoreHolder.Parse(reader.ReadLine());
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // Only the words of an error that is thrown anyway depend on it.
            return null;
        }
    }
}
