using System;
using System.IO;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using PSCertAuthority.Server.Web;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>How pages write what they show.</summary>
public sealed class ShowTests
{
    [Theory]
    [InlineData("/C=AT/O=Example/CN=web01.example.com", "<wbr>/C=AT<wbr>/O=Example<wbr>/CN=web01.example.com")]
    [InlineData("4C:81:C3", "4C:<wbr>81:<wbr>C3")]
    [InlineData("/CN=</dd><script>alert('1:2')</script>", "<wbr>/CN=&lt;<wbr>/dd&gt;&lt;script&gt;alert(&#x27;1:<wbr>2&#x27;)&lt;<wbr>/script&gt;")]
    public void Long_text_may_be_broken_where_its_parts_meet_and_is_encoded(string text, string html) => Assert.Equal(html, Written(Show.Long(text)));

    [Theory]
    [InlineData(59.5, "in 59 days")]
    [InlineData(60.5, "in 60 days")]
    [InlineData(61.5, "in 2 months")]
    [InlineData(730.2, "in 23 months")]
    [InlineData(731, "in 2 years")]
    [InlineData(-60.5, "60 days ago")]
    public void What_is_told_in_months_or_years_is_two_of_them_at_least(double days, string words) => Assert.Equal(words, Show.Away(DateTime.UtcNow.AddDays(days)));

    private static string Written(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
