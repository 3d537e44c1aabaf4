using System;
using System.Collections.Generic;
using System.IO;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        using var temporary = new TemporaryStore();
        string path = Path.Combine(temporary.Directory, "a.pem");
        Assert.Throws<FormatException>(() => AtomicFile.Write(
            path,
            stream =>
            {
                stream.WriteByte(1);
                throw new FormatException();
            },
            overwrite: false));
        Assert.Empty(temporary.Files());
        AtomicFile.Write(path, [1], overwrite: false);
        AssertError.Id("FileExists", () => AtomicFile.Write(path, [2], overwrite: false));
        AtomicFile.Write(path, [2], overwrite: true);
        Assert.Equal([2], File.ReadAllBytes(path));
        AssertError.Id("PathNotWritable", () => AtomicFile.Write(Path.Combine(temporary.Directory, "no", "a"), [2], overwrite: true));
        AssertError.Id("WriteFailed", () => AtomicFile.Write(path, _ => throw new IOException("x"), overwrite: true));
        Assert.Equal(["a.pem"], temporary.Files());
    }

    [Fact]
    public void The_store_is_where_it_was_said_to_be()
    {
        var variables = new Dictionary<string, string?> { ["PSCA_STORE"] = "/s/x.db", ["XDG_DATA_HOME"] = "/data" };
        string? Get(string name) => variables.GetValueOrDefault(name);
        Assert.Equal(Path.GetFullPath("/e.db"), StoreLocation.Resolve("/e.db", Get));
        Assert.Equal(Path.GetFullPath("/s/x.db"), StoreLocation.Resolve(null, Get));
        variables.Remove("PSCA_STORE");
        Assert.Equal(Path.Combine("/data", "PSCertAuthority", "ca.db"), StoreLocation.Resolve(null, Get));
        variables.Remove("XDG_DATA_HOME");
        Assert.Equal(Path.Combine("/home", "PSCertAuthority", "ca.db"), StoreLocation.Resolve(null, Get, () => "/home"));
        AssertError.Id("StoreLocationUnknown", () => StoreLocation.Resolve(null, Get, () => string.Empty));
    }
}
