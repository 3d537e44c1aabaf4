using System.Linq;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Names;

public class GeneralNameTests
{
    [Theory]
    [InlineData("example.com", "DNS:example.com")]
    [InlineData("EXAMPLE.com", "DNS:example.com")]
    [InlineData("localhost", "DNS:localhost")]
    [InlineData("*.example.com", "DNS:*.example.com")]
    [InlineData("bücher.example", "DNS:xn--bcher-kva.example")]
    [InlineData("https://example.com/a", "URI:https://example.com/a")]
    [InlineData("user@example.com", "email:user@example.com")]
    [InlineData("/CN=example.com", "dirname:/CN=example.com")]
    [InlineData("127.0.0.1", "IP:127.0.0.1")]
    [InlineData("::1", "IP:::1")]
    [InlineData("10.0.0.0/8", "IP:10.0.0.0/8")]
    [InlineData("fd00::/8", "IP:fd00::/8")]
    [InlineData("dns:example.com", "DNS:example.com")]
    [InlineData("DNS:_srv.example.com", "DNS:_srv.example.com")]
    [InlineData("Email:user@example.com", "email:user@example.com")]
    [InlineData("uri:urn:example:1", "URI:urn:example:1")]
    [InlineData("ip:2001:db8::1", "IP:2001:db8::1")]
    [InlineData("RID:1.2.3", "RID:1.2.3")]
    [InlineData("dirName:/C=AT/CN=x", "dirname:/C=AT/CN=x")]
    [InlineData("otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@example.com", "otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@example.com")]
    [InlineData("otherName:1.2.3;INTEGER:7", "otherName:1.2.3;INTEGER:7")]
    public void Names_are_detected_and_printed(string text, string printed)
    {
        GeneralName name = GeneralName.Parse(text);
        Assert.Equal(printed, name.ToString());
        Assert.Equal(name, GeneralName.Parse(printed));
        Assert.Equal(printed, GeneralName.FromAsn1(name.ToAsn1()).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("John Doe")]
    [InlineData("a.*.example.com")]
    [InlineData("w*.example.com")]
    [InlineData("*.com")]
    [InlineData("under_score.example.com")]
    [InlineData("-a.example.com")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.1.1.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("IP:example.com")]
    [InlineData("RID:abc")]
    [InlineData("email:nope")]
    [InlineData("URI:relative")]
    [InlineData("otherName:1.2.3")]
    [InlineData("otherName:1.2.3;NOPE:x")]
    [InlineData("otherName:1.2.3;INTEGER:x")]
    public void Wrong_names_are_refused(string text) =>
        Assert.Equal("InvalidGeneralName", Assert.Throws<CaNameException>(() => GeneralName.Parse(text)).ErrorId);

    [Theory]
    [InlineData("example.com", "", "DNS:www.example.com", true)]
    [InlineData("example.com", "", "DNS:example.com", true)]
    [InlineData(".example.com", "", "DNS:example.com", false)]
    [InlineData("example.com", "", "DNS:badexample.com", false)]
    [InlineData("", "secret.example.com", "DNS:secret.example.com", false)]
    [InlineData("", "secret.example.com", "DNS:*.example.com", false)]
    [InlineData("", "secret.example.com", "DNS:www.example.com", true)]
    [InlineData("10.0.0.0/8", "", "IP:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "", "IP:11.1.2.3", false)]
    [InlineData("10.0.0.0/8", "", "IP:::1", false)]
    [InlineData("10.0.0.0/8", "", "DNS:www.example.com", true)]
    [InlineData("email:example.com", "", "email:a@example.com", true)]
    [InlineData("email:example.com", "", "email:a@sub.example.com", false)]
    [InlineData("email:.example.com", "", "email:a@sub.example.com", true)]
    [InlineData("email:a@example.com", "", "email:A@example.com", false)]
    [InlineData("URI:.example.com", "", "URI:https://www.example.com/x", true)]
    [InlineData("URI:example.com", "", "URI:https://www.example.com/x", false)]
    [InlineData("dirname:/C=AT/O=Example", "", "dirname:/C=AT/O=example/CN=x", true)]
    [InlineData("", "dirname:/C=AT", "dirname:/C=AT/CN=x", false)]
    public void Constraints_are_held_against_names(string permitted, string excluded, string name, bool allowed)
    {
        NameConstraints constraints = NameConstraints.Create(Words(permitted), Words(excluded));
        Assert.Equal(allowed, constraints.FindViolation(DistinguishedName.Empty, [GeneralName.Parse(name)]) is null);
        NameConstraints again = NameConstraints.FromAsn1(constraints.ToAsn1());
        Assert.Equal(constraints.ToString(), again.ToString());
    }

    private static string[] Words(string text) => [.. text.Split(' ').Where(word => word.Length > 0)];
}
