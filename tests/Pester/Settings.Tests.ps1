#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Settings, profiles and audit records, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
    $null = New-CaAuthority Root -KeyType EC
}

AfterAll {
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'Settings' {
    It 'shape what is issued' {
        Set-CaSetting DefaultSubject /C=AT/O=Example
        Set-CaSetting DefaultValidDays 90
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        $cert.Subject | Should -Be '/C=AT/O=Example/CN=a.example.com'
        $cert.NotAfter | Should -BeLessThan (Get-Date).AddDays(91)
    }

    It 'take a credential and never show its password' {
        Set-CaSetting MailCredential ([pscredential]::new('mailer', (ConvertTo-SecureString 'very-secret' -AsPlainText -Force)))
        Get-CaSetting | Out-String | Should -Not -Match 'very-secret'
        (Get-CaSetting MailCredential).Value | Should -Be 'mailer'
    }

    It 'refuse what cannot be' {
        { Set-CaSetting MailPort 99999 -ErrorAction Stop } | Should -Throw -ErrorId 'SettingInvalid,*'
    }
}

Describe 'Profiles' {
    It 'are added, used, and kept in a file' {
        $null = New-CaProfile vpn -CopyFrom server -AllowedKeyType EC -ValidDays 30
        (New-CaCertificate -Authority Root -GenerateKey -KeyPath v.key -Subject /CN=v.example.com -Profile vpn).Profile | Should -Be 'vpn'
        Export-CaProfile -Path profiles.json
        (Get-Content profiles.json -Raw | ConvertFrom-Json).profiles.name | Should -Contain 'vpn'
        Remove-CaProfile vpn
        Get-Item profiles.json | Import-CaProfile -PassThru | Should -HaveCount 6
    }
}

Describe 'Audit records' {
    It 'tell who did what' {
        $records = Get-CaAuditRecord -After (Get-Date).AddHours(-1)
        $records.Act | Should -Contain 'AuthorityCreated'
        $records.Account | Select-Object -Unique | Should -Be ([Environment]::UserName)
    }
}

Describe 'Store care' {
    It 'backs up, restores and passes the test' {
        $password = ConvertTo-SecureString 'pw' -AsPlainText -Force
        $other = Join-Path $TestDrive 'other.db'
        Backup-CaStore b.zip -IncludeKey -Password $password | Restore-CaStore -Password $password -StorePath $other -WarningAction SilentlyContinue
        Test-CaStore -StorePath $other -Quiet | Should -BeTrue
        (Get-CaAuthority Root -StorePath $other).HasPrivateKey | Should -BeTrue
    }
}
