using System;
using System.Linq;
using System.Text;
using PSCertAuthority.Certificates;
using PSCertAuthority.Exports;
using Xunit;

namespace PSCertAuthority.Tests.Exports;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("web01.example.com", "web01.example.com")]
    [InlineData("*.example.com", "_.example.com")]
    [InlineData("a/b\\c:d?e<f>g|h\"i", "a_b_c_d_e_f_g_h_i")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("..", "_")]
    [InlineData("", "_")]
    [InlineData(" . ", "_")]
    [InlineData("example.com.", "example.com")]
    [InlineData("trailing  ", "trailing")]
    [InlineData("  leading", "leading")]
    [InlineData("line\nbreak\0nul\ttab", "line_break_nul_tab")]
    [InlineData("CON", "_CON")]
    [InlineData("con", "_con")]
    [InlineData("nul.example.com", "_nul.example.com")]
    [InlineData("AUX .x", "_AUX .x")]
    [InlineData("COM1", "_COM1")]
    [InlineData("lpt9.a", "_lpt9.a")]
    [InlineData("COM\u00B2", "_COM\u00B2")]
    [InlineData("CONIN$", "_CONIN$")]
    [InlineData("COM10", "COM10")]
    [InlineData("console.example.com", "console.example.com")]
    [InlineData("exe\u202Egpj", "exe_gpj")]
    [InlineData("u\u0308nicode", "\u00FCnicode")]
    [InlineData("grin\U0001F600", "grin\U0001F600")]
    public void Names_are_what_windows_and_linux_allow(string text, string expected) => Assert.Equal(expected, SafeFileName.From(text));

    [Fact]
    public void Half_a_character_is_replaced() =>
        // Not among the cases above, since an attribute cannot hold it.
        Assert.Equal("lone_surrogate_", SafeFileName.From("lone\uD800surrogate\uDC00"));

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        string cut = SafeFileName.From("a" + string.Concat(Enumerable.Repeat("\U0001F600", 200)));
        Assert.Equal(157, Encoding.UTF8.GetByteCount(cut));
        Assert.EndsWith("\U0001F600", cut, StringComparison.Ordinal);
        Assert.Equal(160, SafeFileName.From(new string('x', 500)).Length);
    }

    [Fact]
    public void Placeholders_are_filled_in_any_case()
    {
        using var store = new TestStore();
        store.Root();
        CaCertificate certificate = store.Issue("/CN=*.example.com");
        string serial = certificate.SerialNumber.Replace(":", string.Empty);
        Assert.Equal("_.example.com", FileNamePatterns.ForCertificates(null).NameFor(certificate));
        Assert.Equal(
            $"Root-webserver-_.example.com {serial} {certificate.NotAfter:yyyyMMdd}",
            FileNamePatterns.ForCertificates("{Authority}-{profile}-{CommonName} {SERIALNUMBER} {NotAfter}").NameFor(certificate));
        Assert.Equal("Root Example Root", FileNamePatterns.ForAuthorities("{Authority} {CommonName}").NameFor(store.Engine.Authorities.Get("Root")));
    }

    [Theory]
    [InlineData("{Nonsense}", "{CommonName}, {SerialNumber}, {Authority}, {Profile}, {NotAfter}")]
    [InlineData("{CommonName", "not closed")]
    [InlineData("CommonName}", "not opened")]
    [InlineData("{CommonName}}", "not opened")]
    [InlineData("{}", "{CommonName}")]
    [InlineData("a/{CommonName}", "may be in a file name")]
    public void Patterns_that_name_nothing_are_refused(string pattern, string says)
    {
        CaException error = Assert.ThrowsAny<CaException>(() => FileNamePatterns.ForCertificates(pattern));
        Assert.Equal("NamePatternInvalid", error.ErrorId);
        Assert.Contains(says, error.Message);
    }
}
