using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using Xunit;
using GeneralName = PSCertAuthority.Names.GeneralName;

namespace PSCertAuthority.Tests.Names;

/// <summary>What strangers write into names steers no terminal, in whatever text a name or an error comes.</summary>
public sealed class PrintableNameTests
{
    [Theory]
    [InlineData("x\u001b[2Jevil", "/CN=x\\1B[2Jevil")]
    [InlineData("a\r\nb", "/CN=a\\0D\\0Ab")]
    [InlineData("a\u009bb", "/CN=a\\C2\\9Bb")]
    [InlineData("a\u202eb", "/CN=a\\E2\\80\\AEb")]
    [InlineData("Grün/x", "/CN=\"Grün/x\"")]
    public void Names_are_text_without_control_characters(string commonName, string text)
    {
        var encoded = new DerSequence(new DerSet(new DerSequence(X509Name.CN, new DerUtf8String(commonName))));
        DistinguishedName name = DistinguishedName.FromDer(encoded.GetEncoded());
        Assert.Equal(text, name.ToString());
        Assert.DoesNotContain(name.ToRfc4514(), character => char.IsControl(character) || character == '\u202e');
        Assert.DoesNotContain(NameErrors.Invalid(commonName.Replace("\r\n", "\u001b", StringComparison.Ordinal), "x").Message, char.IsControl);
    }

    [Fact]
    public void What_was_typed_comes_back_in_errors_without_control_characters()
    {
        using var store = new TestStore();
        store.Root();
        foreach (Action act in new Action[]
        {
            () => store.Engine.Certificates.Get(new CertificateIdentity("zz\u001b[2J")), () => store.Engine.Authorities.Get(new AuthorityIdentity("zz\u001b[2J")),
            () => DistinguishedName.Parse("/CN=a\u001b[2J"), () => GeneralName.Parse("DNS:a\u001b[2J"),
        })
        {
            CaException thrown = Assert.ThrowsAny<CaException>(act);
            Assert.Contains("\\1B", thrown.Message);
            Assert.DoesNotContain(thrown.Message, char.IsControl);
        }
    }
}
