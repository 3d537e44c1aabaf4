using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using Xunit;

namespace PSCertAuthority.Tests.Audit;

public sealed class AccountNameTests
{
    [Fact]
    public void An_account_is_recorded_by_its_name() => Assert.Equal("ann", AccountName.Of("ann"));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_account_without_a_name_is_recorded_by_its_number(string name)
    {
        string account = AccountName.Of(name);
        if (OperatingSystem.IsWindows())
            Assert.StartsWith("S-1-5-", account, StringComparison.Ordinal);
        else if (OperatingSystem.IsLinux())
            Assert.Equal("uid " + File.ReadAllLines("/proc/self/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2], account);
    }

    [Fact]
    public void Every_record_names_somebody() => Assert.NotEqual(string.Empty, AuditActor.Current.Account);
}
