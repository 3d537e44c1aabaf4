using System;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests;

/// <summary>What the cmdlets cannot ask for in a test: time that passes, and requests that they never make.</summary>
public class RefusalTests
{
    [Fact]
    public void An_authority_that_has_ended_signs_neither_certificates_nor_crls()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var store = new TestStore(clock: clock);
        store.Root();
        CaCertificateRequest csr = store.Csr("/CN=x");
        clock.Advance(TimeSpan.FromDays(36500));
        AssertRefused("AuthorityExpired", store, new CertificateIssueRequest
        {
            Authority = "Root",
            Request = csr,
            Subject = DistinguishedName.Parse("/CN=a.example.com"),
        });
        CaException error = Assert.ThrowsAny<CaException>(() => store.Engine.Crls.Create("Root", null, TimeSpan.FromHours(1)));
        Assert.Equal("AuthorityExpired", error.ErrorId);
        Assert.Equal(0, store.Engine.Authorities.Get("Root").LastCrlNumber);
    }

    [Fact]
    public void A_generated_key_needs_a_place()
    {
        using var store = new TestStore();
        store.Root();
        AssertRefused("KeyPathMissing", store, new CertificateIssueRequest
        {
            Authority = "Root",
            GenerateKey = KeySpecification.Create(KeyType.EC),
            Subject = DistinguishedName.Parse("/CN=a.example.com"),
        });
    }

    private static void AssertRefused(string errorId, TestStore store, CertificateIssueRequest request)
    {
        Assert.Equal(errorId, Assert.IsType<CaException>(store.TryIssue(request).Error, exactMatch: false).ErrorId);
        Assert.Equal(0, store.Engine.Describe().CertificateCount);
    }
}
