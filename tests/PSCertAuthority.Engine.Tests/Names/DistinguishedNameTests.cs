using System.Collections.Specialized;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Names;

public class DistinguishedNameTests
{
    [Theory]
    [InlineData("/C=AT/L=Vienna/CN=example.com", "/C=AT/L=Vienna/CN=example.com")]
    [InlineData("C=AT/L=Vienna/CN=example.com", "/C=AT/L=Vienna/CN=example.com")]
    [InlineData(" /c = at / cn = example.com ", "/C=AT/CN=example.com")]
    [InlineData("L=\"Vienna / District\"/CN=x", "/L=\"Vienna / District\"/CN=x")]
    [InlineData("CN=example.com,O=Example", "/O=Example/CN=example.com")]
    [InlineData("CN=a\\,b,O=\"x, y\"", "/O=x, y/CN=a,b")]
    [InlineData("CN=Lu\\C4\\8Di\\C4\\87", "/CN=Lučić")]
    [InlineData("/emailAddress=a@b.c/CN=x/OU=2/OU=1/O=o/L=l/ST=s/C=DE", "/C=DE/ST=s/L=l/O=o/OU=2/OU=1/CN=x/emailAddress=a@b.c")]
    [InlineData("CN=x,OU=inner,OU=outer", "/OU=outer/OU=inner/CN=x")]
    [InlineData("/CN=x/serialNumber=42/UID=u/DC=example", "/CN=x/serialNumber=42/UID=u/DC=example")]
    [InlineData("/CN=x/1.2.3.4=y/OID.2.5.4.65=p", "/CN=x/1.2.3.4=y/pseudonym=p")]
    [InlineData("/C=/CN=x", "/CN=x")]
    [InlineData("", "")]
    public void Subjects_are_read_sorted_and_printed(string text, string printed)
    {
        DistinguishedName name = DistinguishedName.Parse(text);
        Assert.Equal(printed, name.ToString());
        Assert.Equal(name, DistinguishedName.Parse(printed));
        Assert.Equal(printed, DistinguishedName.FromDer(name.ToDer()).ToString());
    }

    [Theory]
    [InlineData("/XX=1/CN=x", "UnknownNameAttribute")]
    [InlineData("/CN=x/foo", "InvalidName")]
    [InlineData("/C=Austria", "InvalidName")]
    [InlineData("/CN=\"x", "InvalidName")]
    [InlineData("/CN=a\u0007b", "InvalidName")]
    [InlineData("/CN=0123456789012345678901234567890123456789012345678901234567890123456789", "InvalidName")]
    [InlineData("just text", "InvalidName")]
    public void Wrong_subjects_are_refused(string text, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<CaNameException>(() => DistinguishedName.Parse(text)).ErrorId);

    [Fact]
    public void An_empty_value_removes_what_a_default_would_set()
    {
        DistinguishedName defaults = DistinguishedName.Parse("/C=AT/O=Example/OU=a/OU=b");
        Assert.Equal("/O=Other/OU=a/OU=b/CN=x", defaults.Overlay(DistinguishedName.Parse("/C=/O=Other/CN=x")).ToString());
    }

    [Fact]
    public void A_name_of_the_platform_keeps_its_octets()
    {
        var platform = new X500DistinguishedName("CN=x, OU=b, OU=a, C=AT", X500DistinguishedNameFlags.UseUTF8Encoding);
        Assert.Equal(platform.RawData, DistinguishedName.FromX500(platform).ToDer());
    }

    [Fact]
    public void A_dictionary_makes_a_subject()
    {
        var fields = new OrderedDictionary { ["CN"] = "x", ["OU"] = new[] { "a", "b" }, ["C"] = "AT" };
        Assert.Equal("/C=AT/OU=a/OU=b/CN=x", DistinguishedName.FromDictionary(fields).ToString());
        Assert.Equal("CN=x,OU=b,OU=a,C=AT", DistinguishedName.FromDictionary(fields).ToRfc4514());
    }
}
