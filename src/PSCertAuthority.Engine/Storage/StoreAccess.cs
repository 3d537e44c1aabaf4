using System;

namespace PSCertAuthority.Storage;

/// <summary>Turns what the file system throws at the store's own files into the store's errors.</summary>
internal static class StoreAccess
{
    /// <exception cref="CaStoreException">What the failure means for the store at <paramref name="path"/>.</exception>
    public static T Guard<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            throw StoreErrors.FromIo(path, exception);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, Action access) => Guard(path, () =>
    {
        access();
        return true;
    });
}
