using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>The tests that share one program.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class WebCollection : ICollectionFixture<WebFixture>
#pragma warning restore CA1711
{
    public const string Name = "web";
}
