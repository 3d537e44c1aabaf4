namespace PSCertAuthority.Imports;

/// <summary>Where an authority made elsewhere is. All paths are full paths.</summary>
public abstract record AuthoritySource
{
    private protected AuthoritySource()
    {
    }
}

/// <summary>A certificate in a file, alone or with its key.</summary>
/// <param name="Path">PEM, DER or PKCS #12; the first certificate counts, or that of the key.</param>
/// <param name="KeyPath">A file with the key, where it is in one of its own.</param>
public sealed record FileSource(string Path, string? KeyPath = null) : AuthoritySource;

/// <summary>The directory of <c>openssl ca</c>, with what it issued and revoked.</summary>
/// <param name="Directory">With <c>index.txt</c> and, unless the configuration says otherwise, <c>cacert.pem</c>, <c>private/cakey.pem</c> and <c>newcerts</c>.</param>
/// <param name="ConfigurationPath">The configuration; <c>openssl.cnf</c> in the directory where null and there.</param>
public sealed record OpenSslSource(string Directory, string? ConfigurationPath = null) : AuthoritySource;

/// <summary>The <c>pki</c> directory of easy-rsa 3, with what it issued and revoked.</summary>
/// <param name="Directory">The directory, or the one above it.</param>
public sealed record EasyRsaSource(string Directory) : AuthoritySource;

/// <summary>All authorities of django-ca, with certificates and watchers, as <c>manage.py dumpdata django_ca</c> writes them.</summary>
/// <param name="DumpPath">The JSON file.</param>
/// <param name="KeyDirectory">Where the key files are (its setting CA_DIR); null takes the paths in the dump.</param>
public sealed record DjangoCaSource(string DumpPath, string? KeyDirectory = null) : AuthoritySource;
