using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace PSCertAuthority.Storage;

/// <summary>
/// The right to use a store, one holder at a time over all threads and processes: a lock file that is open without sharing.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private const int FirstPauseMilliseconds = 1;
    private const int LongestPauseMilliseconds = 25;

    // Threads of one process queue here first, so that only one of them polls the file.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _gate;
    private readonly FileStream _file;

    private StoreLock(SemaphoreSlim gate, FileStream file)
    {
        _gate = gate;
        _file = file;
    }

    /// <exception cref="CaStoreException"><c>StoreLocked</c> or <c>StoreNotWritable</c>.</exception>
    public static StoreLock Acquire(string storePath, TimeSpan wait, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        SemaphoreSlim gate = Gates.GetOrAdd(storePath, _ => new SemaphoreSlim(1, 1));
        if (!gate.Wait(wait, cancellation))
            throw StoreErrors.Locked(storePath, "another thread of this process", wait);
        try
        {
            return new StoreLock(gate, WaitForFile(storePath, wait, waited, cancellation));
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _gate.Release();
    }

    private static FileStream WaitForFile(string storePath, TimeSpan wait, Stopwatch waited, CancellationToken cancellation)
    {
        int pause = FirstPauseMilliseconds;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(storePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException e) when (IsHeldByOther(e))
            {
                if (waited.Elapsed >= wait)
                    throw StoreErrors.Locked(storePath, StoreJournal.DescribeHolder(storePath), wait);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.IsDiskFull(e) ? StoreErrors.DiskFull(storePath, e) : StoreErrors.NotWritable(storePath, e);
            }

            cancellation.WaitHandle.WaitOne(pause);
            pause = Math.Min(pause * 2, LongestPauseMilliseconds);
        }
    }

    /// <summary>EWOULDBLOCK of flock on Linux (11) and macOS (35), sharing and lock violations on Windows.</summary>
    private static bool IsHeldByOther(IOException e) =>
        e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
