using System;
using PSCertAuthority.Web;
using Xunit;

namespace PSCertAuthority.Tests.Web;

public sealed class PasswordHashTests
{
    // Printed by the reference implementation: printf 'correct horse battery' | argon2 saltsaltsaltsalt -id -t 2 -k 19456 -p 1 -l 32 -e
    private const string Reference = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$iPOQ5f2O21FsjnBvo1AiFcDuSXciCnKUrXFO+yfgNoM";

    [Fact]
    public void The_reference_implementation_gives_the_same_hash()
    {
        using WebPassword right = WebPassword.Tried(Secret.Of("correct horse battery"))!;
        using WebPassword wrong = WebPassword.Tried(Secret.Of("correct horse batterz"))!;
        PasswordHash hash = PasswordHash.Parse(Reference);
        Assert.True(hash.Fits(right));
        Assert.False(hash.Fits(wrong));
        Assert.False(hash.IsOutdated);
        Assert.Equal(Reference, hash.ToString());
    }

    [Fact]
    public void A_new_hash_has_the_parameters_of_OWASP_and_a_salt_of_its_own()
    {
        using WebPassword password = WebPassword.Chosen("ann", Secret.Of("correct horse battery"));
        PasswordHash hash = PasswordHash.Of(password);
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", hash.ToString());
        Assert.NotEqual(hash.ToString(), PasswordHash.Of(password).ToString());
        Assert.True(PasswordHash.Parse(hash.ToString()).Fits(password));
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_parameters_are_read_and_found_outdated(string text)
    {
        PasswordHash hash = PasswordHash.Parse(text);
        Assert.True(hash.IsOutdated);
        Assert.Equal(text, hash.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=9999,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$*$AAAA")]
    public void What_is_no_such_hash_or_asks_for_too_much_is_refused(string text) => Assert.Throws<FormatException>(() => PasswordHash.Parse(text));
}
