using System;
using System.IO;
using System.Net;
using PSCertAuthority.Keys;
using PSCertAuthority.Tests.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Keys;

public sealed class PasswordFileTests : IDisposable
{
    private readonly TestStore _store = new();

    private string Path => _store.File("password");

    [Theory]
    [InlineData("geheim", "geheim")]
    [InlineData("geheim\n", "geheim")]
    [InlineData("geheim\r\nzweite\n", "geheim")]
    [InlineData(" ge heim \n", " ge heim ")]
    [InlineData("\uFEFFgrüße€\n", "grüße€")]
    public void The_first_line_is_the_password(string content, string password)
    {
        Write(content, "600");
        Assert.Equal(password, new NetworkCredential(string.Empty, PasswordFile.Read(Path)).Password);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\nsecond")]
    [InlineData("\uFEFF\n")]
    public void An_empty_first_line_is_no_password(string content)
    {
        Write(content, "600");
        AssertId("PasswordFileInvalid");
    }

    [Fact]
    public void What_is_no_text_is_no_password()
    {
        Write("x", "600");
        File.WriteAllBytes(Path, [0xFF, 0xFE, 0x41, 0x00]);
        AssertId("PasswordFileInvalid");
    }

    [Fact]
    public void A_file_that_is_missing_or_empty_or_a_directory_is_unreadable()
    {
        AssertId("PasswordFileUnreadable");
        Write(string.Empty, "600");
        AssertId("PasswordFileUnreadable");
        File.Delete(Path);
        Directory.CreateDirectory(Path);
        AssertId("PasswordFileUnreadable");
    }

    [Theory]
    [InlineData("400", true)]
    [InlineData("600", true)]
    [InlineData("440", true)]
    [InlineData("444", false)]
    [InlineData("644", false)]
    [InlineData("602", false)]
    public void Nobody_else_may_read_or_change_it(string mode, bool isTrusted)
    {
        if (!OtherAccount.IsAvailable)
            return;
        Write("geheim\n", mode);
        if (isTrusted)
            PasswordFile.Read(Path).Dispose();
        else
            Assert.Contains("mode 0" + mode, AssertId("PasswordFileNotTrusted").Message);
    }

    [Fact]
    public void A_group_other_than_that_of_root_may_not_read_it()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Write("geheim\n", "440");
        Assert.Equal(0, OtherAccount.Group(Path, OtherAccount.Third));
        AssertId("PasswordFileNotTrusted");
    }

    [Fact]
    public void Neither_the_file_nor_a_link_to_it_is_of_another_account()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Write("geheim\n", "600");
        string link = _store.File("link");
        File.CreateSymbolicLink(link, Path);
        PasswordFile.Read(link).Dispose();
        OtherAccount.Own(OtherAccount.Third, link);
        Assert.Equal("PasswordFileNotTrusted", Assert.Throws<CaKeyException>(() => PasswordFile.Read(link)).ErrorId);
        OtherAccount.Own(OtherAccount.Third, Path);
        Assert.Contains("belongs to uid 54321", AssertId("PasswordFileNotTrusted").Message);
    }

    [Fact]
    public void A_directory_that_others_may_change_gives_no_password()
    {
        if (!OtherAccount.IsAvailable)
            return;
        Write("geheim\n", "600");
        OtherAccount.Mode(_store.Folder, "777");
        AssertId("PasswordFileNotTrusted");
    }

    public void Dispose() => _store.Dispose();

    private void Write(string content, string mode)
    {
        File.WriteAllText(Path, content);
        if (OperatingSystem.IsLinux())
            OtherAccount.Mode(Path, mode);
    }

    private CaKeyException AssertId(string id)
    {
        CaKeyException error = Assert.Throws<CaKeyException>(() => PasswordFile.Read(Path));
        Assert.Equal(id, error.ErrorId);
        return error;
    }
}
