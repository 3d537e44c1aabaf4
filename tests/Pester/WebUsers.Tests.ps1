#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Who may sign in to the web interface, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    $password = [Security.SecureString]::new()
    'correct horse battery'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
    $short = [Security.SecureString]::new()
    'horse'.ToCharArray() | ForEach-Object { $short.AppendChar($_) }
    New-CaAuthority Root -KeyType EC
}

AfterAll {
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'Users of the web interface' {
    It 'are not made by -WhatIf' {
        New-CaWebUser ann Viewer -Password $password -WhatIf | Should -BeNullOrEmpty
        Get-CaWebUser | Should -BeNullOrEmpty
    }

    It 'are made, listed and found' {
        (New-CaWebUser Ann Issuer -Password $password).Role | Should -Be 'Issuer'
        [pscustomobject]@{ Name = 'bob'; Role = 'Viewer' }, [pscustomobject]@{ Name = 'carl'; Role = 'Administrator' } |
            New-CaWebUser -Password $password | Should -HaveCount 2
        (Get-CaWebUser).Name | Should -Be 'Ann', 'bob', 'carl'
        (Get-CaWebUser ANN).Name | Should -Be 'Ann'
        (Get-CaWebUser *a* -Role Administrator).Name | Should -Be 'carl'
        (Get-CaWebUser Ann).PSObject.Properties.Name | Should -Not -Contain 'Password'
    }

    It 'are changed through the pipeline, and tell of it when asked' {
        Get-CaWebUser bob | Set-CaWebUser -Role Revoker | Should -BeNullOrEmpty
        ('bob' | Set-CaWebUser -Enabled $false -Unlock -SignOut -PassThru).Enabled | Should -BeFalse
        (Get-CaWebUser bob).Role | Should -Be 'Revoker'
        Set-CaWebUser bob -Enabled $true -WhatIf
        (Get-CaWebUser bob).Enabled | Should -BeFalse
        Set-CaWebUser bob -Password $password
    }

    It 'have a table and a list, and survive Export-Clixml' {
        Get-CaWebUser | Out-String -Width 160 | Should -Match 'Name +Role +Enabled +Failed +LockedUntil +LastSignInAt'
        Get-CaWebUser Ann | Format-List | Out-String | Should -Match 'StorePath'
        Get-CaWebUser bob | Export-Clixml (Join-Path $TestDrive 'bob.xml')
        (Import-Clixml (Join-Path $TestDrive 'bob.xml') | Set-CaWebUser -Enabled $true -PassThru).Name | Should -Be 'bob'
    }

    It 'complete by name, with what they may do' {
        $line = 'Set-CaWebUser a'
        $completion = (TabExpansion2 $line $line.Length).CompletionMatches
        $completion.CompletionText | Should -Contain 'Ann'
        ($completion | Where-Object CompletionText -EQ Ann).ToolTip | Should -BeLike 'Issuer: issues*(never signed in)'
    }

    It 'refuse what cannot be with <Id>' -ForEach @(
        @{ Id = 'WebUserExists'; Act = { New-CaWebUser ANN Viewer -Password $password -ErrorAction Stop } }
        @{ Id = 'WebUserNameInvalid'; Act = { New-CaWebUser 'a b' Viewer -Password $password -WhatIf -ErrorAction Stop } }
        @{ Id = 'WebPasswordTooShort'; Act = { New-CaWebUser dora Viewer -Password $short -ErrorAction Stop } }
        @{ Id = 'WebPasswordTooShort'; Act = { Set-CaWebUser bob -Password $short -ErrorAction Stop } }
        @{ Id = 'WebUserNotFound'; Act = { Get-CaWebUser nobody -ErrorAction Stop } }
        @{ Id = 'WebUserNotFound'; Act = { Set-CaWebUser nobody -SignOut -ErrorAction Stop } }
        @{ Id = 'WebUserNotFound'; Act = { Remove-CaWebUser nobody -ErrorAction Stop } }
    ) {
        $Act | Should -Throw -ErrorId "$Id,*"
        Get-CaWebUser | Should -HaveCount 3
    }

    It 'are removed, and their history stays' {
        Remove-CaWebUser bob -WhatIf
        (Get-CaWebUser bob, carl | Remove-CaWebUser -PassThru).Name | Should -Be 'bob', 'carl'
        (Get-CaWebUser).Name | Should -Be 'Ann'
        (Get-CaAuditRecord WebUserRemoved).Target | Should -Be 'bob', 'carl'
        (Get-CaAuditRecord WebUserCreated).Detail | Should -Be 'role Issuer', 'role Viewer', 'role Administrator'
        Get-CaAuditRecord -WebUser Ann | Should -BeNullOrEmpty
        (Test-CaStore).Passed | Should -BeTrue
        (Test-CaStore).WebUsers | Should -Be 1
    }
}
