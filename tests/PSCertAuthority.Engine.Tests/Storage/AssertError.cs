using System;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

internal static class AssertError
{
    public static CaStoreException Id(string id, Action action)
    {
        var exception = Assert.Throws<CaStoreException>(action);
        Assert.Equal(id, exception.ErrorId);
        return exception;
    }
}
