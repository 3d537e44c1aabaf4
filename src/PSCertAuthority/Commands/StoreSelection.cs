using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Hosting;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>
/// Which store a command works on: that of -StorePath on the command line, else that which the objects came from that it was given, else that of a
/// row of the pipeline, else the default one. The engine refuses objects of another store than that.
/// </summary>
internal sealed class StoreSelection(CaCommand command)
{
    private static readonly Type[] IdentityTypes = [typeof(CertificateIdentity), typeof(AuthorityIdentity), typeof(ProfileIdentity)];
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> IdentityProperties = new();

    private readonly Dictionary<string, CaEngine> _engines = new(StringComparer.Ordinal);
    private string? _given;
    private string? _ofItem;

    /// <summary>The engine over the store of the item that is worked on.</summary>
    public CaEngine Engine
    {
        get
        {
            string? path = _given ?? _ofItem ?? command.StorePath;
            return _engines.TryGetValue(path ?? string.Empty, out CaEngine? engine) ? engine : _engines[path ?? string.Empty] = Open(path);
        }
    }

    /// <summary>Notes what was given on the command line, before anything from the pipeline is bound.</summary>
    public void Begin(string? storePath) => _given = storePath;

    /// <summary>Goes over to the store of an item, or of several, or of the authority or profile that is given beside it.</summary>
    public void Select(object? item)
    {
        if (_given is null)
            _ofItem = Items(item).Concat(Others()).Select(StoreOf).FirstOrDefault(path => path is not null);
    }

    /// <summary>A store that is missing ends the command, but where an object brought it, only the work on that one.</summary>
    private CaEngine Open(string? path)
    {
        try
        {
            return command.OpenStore(path);
        }
        catch (CaException e) when (_given is not null || _ofItem is null)
        {
            command.ThrowTerminatingError(ErrorRecords.From(e, path));
            throw;
        }
    }

    private static IEnumerable<object?> Items(object? item) => (item as IEnumerable<object?>) ?? [item];

    private static string? StoreOf(object? identity) => identity switch
    {
        CertificateIdentity certificate => certificate.StorePath,
        AuthorityIdentity authority => authority.StorePath,
        ServerIdentity server => server.StorePath,
        NamedIdentity named => named.StorePath,
        _ => null,
    };

    private IEnumerable<object?> Others()
    {
        PropertyInfo[] properties = IdentityProperties.GetOrAdd(command.GetType(), type =>
            [.. type.GetProperties().Where(property => IdentityTypes.Contains(property.PropertyType)).OrderBy(property => Array.IndexOf(IdentityTypes, property.PropertyType))]);
        return properties.Select(property => property.GetValue(command));
    }
}
