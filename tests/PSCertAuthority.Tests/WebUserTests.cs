using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The users of the web interface, as far as the cmdlets go; signing in is tested with the engine, pages with the program.</summary>
public sealed class WebUserTests : IDisposable
{
    private const string Password = "correct horse battery", Other = "another horse battery";

    private readonly ModuleSession _session = new();

    public WebUserTests() => _session.Run($$"""
        $null = New-CaAuthority Root -KeyType EC
        function Secret([string]$Text) { $secret = [Security.SecureString]::new(); $Text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }; $secret }
        function Engine { [Activator]::CreateInstance((Get-CaStore).GetType().Assembly.GetType('PSCertAuthority.CaEngine'), @("$folder/ca.db", $null, $null)) }
        function SignIn([string]$Name, [string]$Text) { (Engine).WebUsers.SignIn($Name, (Secret $Text), '192.0.2.7') }
        $password = Secret '{{Password}}'
        """);

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Issuer")]
    [InlineData("Revoker")]
    [InlineData("Administrator")]
    public void A_user_is_made_with_each_role_and_can_sign_in(string role)
    {
        PSObject made = _session.Run($"New-CaWebUser Ann -Role {role} -Password $password").Single();
        Assert.Equal(("Ann", role, true, 0), (Text(made, "Name"), Text(made, "Role"), made.Properties["Enabled"].Value, made.Properties["FailedAttempts"].Value));
        Assert.Equal(_session.PathOf("ca.db"), Text(made, "StorePath"));
        Assert.Equal($"Ann {role}", Texts($"Get-CaWebUser -Role {role} | ForEach-Object {{ \"$_ $($_.Role)\" }}").Single());
        Assert.Equal(["True Ann", "False "], Texts($"SignIn ann '{Password}'; SignIn ann '{Other}'", "\"$($_.Succeeded) $($_.User)\""));
    }

    [Fact]
    public void Users_come_from_the_columns_of_a_table_and_one_that_fails_leaves_the_others()
    {
        string[] made = [.. _session.Invoke("""
            [pscustomobject]@{ Name = 'ann'; Role = 'Viewer' }, [pscustomobject]@{ Name = 'ANN'; Role = 'Issuer' }, [pscustomobject]@{ Name = 'bob'; Role = 'Issuer' } |
                New-CaWebUser -Password $password
            """).Select(user => user.ToString())];
        Assert.Equal(["ann", "bob"], made);
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal(("WebUserExists,PSCertAuthority.Commands.NewCaWebUserCommand", ErrorCategory.ResourceExists, "ann"), (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
        Assert.Equal(["ann Viewer", "bob Issuer"], Texts("Get-CaWebUser", "\"$_ $($_.Role)\""));
    }

    [Theory]
    [InlineData("New-CaWebUser carl Viewer -Password (Secret '')", "WebPasswordTooShort", ErrorCategory.InvalidArgument)]
    [InlineData("New-CaWebUser carl Viewer -Password (Secret 'horse')", "WebPasswordTooShort", ErrorCategory.InvalidArgument)]
    [InlineData("New-CaWebUser carl Viewer -Password (Secret ('x' * 1025))", "WebPasswordTooLong", ErrorCategory.InvalidArgument)]
    [InlineData("New-CaWebUser carl Viewer -Password (Secret 'horse') -WhatIf", "WebPasswordTooShort", ErrorCategory.InvalidArgument)]
    [InlineData("New-CaWebUser 'a b' Viewer -Password $password", "WebUserNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("New-CaWebUser carl King -Password $password", "ParameterArgumentTransformationError", ErrorCategory.InvalidData)]
    [InlineData("New-CaWebUser carl Viewer -Password $null", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    [InlineData("Set-CaWebUser ann -Password (Secret 'horse') -Role Issuer", "WebPasswordTooShort", ErrorCategory.InvalidArgument)]
    [InlineData("Get-CaWebUser nobody", "WebUserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-CaWebUser nobody -SignOut", "WebUserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-CaWebUser nobody -Role Viewer -WhatIf", "WebUserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-CaWebUser nobody", "WebUserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("'nobody' | Remove-CaWebUser -WhatIf", "WebUserNotFound", ErrorCategory.ObjectNotFound)]
    public void What_cannot_be_is_an_error_of_its_own_and_changes_nothing(string script, string errorId, ErrorCategory category)
    {
        _session.Run("$null = New-CaWebUser ann Viewer -Password $password");
        string before = Snapshot();
        Assert.Empty(_session.Invoke(script));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal((errorId, category), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Names_that_fit_no_pattern_are_no_error()
    {
        _session.Run("$null = 'ann', 'bob' | ForEach-Object { New-CaWebUser $_ Viewer -Password $password }");
        Assert.Empty(_session.Run("Get-CaWebUser z*"));
        Assert.Equal(["bob"], Texts("Get-CaWebUser *B*"));
        Assert.Equal(["ann", "bob"], Texts("'ANN', 'bob' | Get-CaWebUser"));
    }

    [Fact]
    public void A_new_role_password_or_state_holds_and_ends_the_sessions()
    {
        _session.Run($"$null = New-CaWebUser ann Viewer -Password $password; $session = SignIn ann '{Password}'");
        Assert.True(Lasts());
        Assert.Empty(_session.Run("Set-CaWebUser ann -Role Viewer -Enabled $true -Unlock"));
        Assert.True(Lasts());
        Assert.Empty(_session.Run("Set-CaWebUser ANN -SignOut"));
        Assert.False(Lasts());

        _session.Run($"$session = SignIn ann '{Password}'");
        Assert.Equal(["ann Issuer"], Texts("Get-CaWebUser ann | Set-CaWebUser -Role Issuer -PassThru", "\"$_ $($_.Role)\""));
        Assert.False(Lasts());

        _session.Run($"$session = SignIn ann '{Password}'; Set-CaWebUser ann -Password (Secret '{Other}')");
        Assert.False(Lasts());
        Assert.Equal(["False", "True"], Texts($"(SignIn ann '{Password}').Succeeded; (SignIn ann '{Other}').Succeeded"));

        Assert.Equal(["False"], Texts("(Set-CaWebUser ann -Enabled $false -PassThru).Enabled"));
        Assert.Equal(["False"], Texts($"(SignIn ann '{Other}').Succeeded"));
    }

    [Fact]
    public void Unlocking_lets_try_again_at_once()
    {
        _session.Run("$null = New-CaWebUser ann Viewer -Password $password; 1..5 | ForEach-Object { $null = SignIn ann 'wrong' }");
        Assert.Equal(["5 True"], Texts("Get-CaWebUser ann", "\"$($_.FailedAttempts) $($_.LockedUntil -gt [datetime]::Now)\""));
        Assert.Equal(["False"], Texts($"(SignIn ann '{Password}').Succeeded"));
        Assert.Equal(["0 "], Texts("Set-CaWebUser ann -Unlock -PassThru", "\"$($_.FailedAttempts) $($_.LockedUntil)\""));
        Assert.Equal(["True"], Texts($"(SignIn ann '{Password}').Succeeded"));
    }

    [Fact]
    public void Users_are_removed_through_the_pipeline_also_as_objects_of_another_session()
    {
        _session.Run("$null = 'ann', 'bob', 'carl' | ForEach-Object { New-CaWebUser $_ Viewer -Password $password }");
        Assert.Empty(_session.Run("Get-CaWebUser ann | Remove-CaWebUser"));
        Assert.Equal(["bob"], Texts("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-CaWebUser bob))) | Remove-CaWebUser -PassThru"));
        Assert.Equal(["carl"], Texts("Get-CaWebUser"));
        Assert.Equal(["False"], Texts($"(SignIn ann '{Password}').Succeeded"));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(_session.Run("New-CaWebUser ann Viewer -Password $password -WhatIf"));
        Assert.Empty(_session.Run("Get-CaWebUser"));
        _session.Run("$null = New-CaWebUser ann Viewer -Password $password");
        string before = Snapshot();
        Assert.Empty(_session.Run($$"""
            New-CaWebUser bob Viewer -Password $password -WhatIf
            Set-CaWebUser ann -Role Administrator -Password (Secret '{{Other}}') -Enabled $false -Unlock -SignOut -PassThru -WhatIf
            Get-CaWebUser | Remove-CaWebUser -PassThru -WhatIf
            """));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Names_and_roles_are_completed()
    {
        _session.Run("$null = New-CaWebUser Ann Issuer -Password $password; $null = New-CaWebUser bob Viewer -Password $password; Set-CaWebUser bob -Enabled $false");
        string store = $" -StorePath '{_session.PathOf("ca.db")}'";
        foreach (string verb in new[] { "Get", "Set", "Remove" })
        {
            Assert.Equal(["Ann"], _session.Complete($"{verb}-CaWebUser{store} -Name a"));
            Assert.Equal(["Ann", "bob"], _session.Complete($"{verb}-CaWebUser{store} -Name "));
        }

        Assert.Equal(["Issuer: issues, renews and edits watchers; does not revoke (never signed in)", "Viewer: sees everything, changes nothing (disabled)"],
            _session.CompleteWithToolTips($"Set-CaWebUser{store} -Name ").Select(match => match.ToolTip));
        Assert.Equal(["Administrator", "Issuer", "Revoker", "Viewer"], _session.Complete("New-CaWebUser x -Role "));
    }

    [Fact]
    public void Neither_a_password_nor_its_hash_is_shown_anywhere()
    {
        string[] output = Texts($$"""
            $user = New-CaWebUser ann Viewer -Password $password -Verbose
            $user = Set-CaWebUser ann -Password (Secret '{{Other}}') -PassThru -Verbose
            $user
            $user, (Get-CaAuditRecord) | ForEach-Object { [Management.Automation.PSSerializer]::Serialize($_, 5) }
            """);
        string[] verbose = [.. _session.Verbose];
        string shown = string.Join('\n', output.Concat(verbose));
        Assert.Contains("<S N=\"Name\">ann</S>", shown);
        // The store has the hash under that word, so that it would be found.
        Assert.Contains("$argon2id$", File.ReadAllText(_session.PathOf("ca.db")));
        Assert.All(new[] { "argon2", Password, Other, "Stamp" }, word => Assert.DoesNotContain(word, shown, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            ["CreatedAt", "Enabled", "FailedAttempts", "Id", "LastSignInAt", "LockedUntil", "Name", "Role", "StorePath"],
            _session.Run("Get-CaWebUser ann").Single().Properties.Select(property => property.Name).Order());
        Assert.Equal(["Added the web user 'ann', who sees everything, changes nothing.", "Changed the web user 'ann'."], verbose.Where(line => line.Contains("the web user '", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_change_has_its_record_and_no_change_has_none()
    {
        _session.Run($$"""
            $null = New-CaWebUser Ann Viewer -Password $password
            Set-CaWebUser ann -Role Issuer -Enabled $false
            Set-CaWebUser ann -Role Issuer
            Set-CaWebUser ann -Password (Secret '{{Other}}') -SignOut
            Remove-CaWebUser ANN
            """);
        Assert.Equal(
            ["WebUserCreated Ann: role Viewer", "WebUserChanged Ann: role Issuer, disabled", "WebUserChanged Ann: password, signed out everywhere", "WebUserRemoved Ann: role Issuer"],
            Texts("Get-CaAuditRecord | Where-Object Act -like WebUser*", "\"$($_.Act) $($_.Target): $($_.Detail)\""));
        Assert.Empty(_session.Run("Get-CaAuditRecord -WebUser Ann"));
        Assert.Equal([$"{Environment.UserName} {Environment.MachineName}"], Texts("Get-CaAuditRecord", "\"$($_.Account.Split('\\')[-1]) $($_.Host)\"").Distinct());
    }

    /// <summary>Whether the session that was begun last still counts.</summary>
    private bool Lasts() => Texts("$null -ne (Engine).WebUsers.Check('ann', $session.SecurityStamp)").Single() == "True";

    private string[] Texts(string script, string? each = null) =>
        [.. _session.Run(each is null ? script : $"& {{ {script} }} | ForEach-Object {{ {each} }}").Select(text => text?.ToString() ?? string.Empty)];

    private static string Text(PSObject from, string property) => from.Properties[property].Value.ToString()!;

    private string Snapshot() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_session.PathOf("ca.db"))));

    public void Dispose() => _session.Dispose();
}
