#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What an administrator does now and then. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
    $null = New-CaAuthority Root -KeyType EC
    $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
}

AfterAll {
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'A certificate in its life' {
    It 'shows its extensions in words' {
        ($cert | Get-CaCertificateExtension -Name 'Key Usage').Description | Should -Match 'Digital Signature'
    }

    It 'is put on hold and back' {
        ($cert | Suspend-CaCertificate -PassThru).Status | Should -Be 'Suspended'
        ($cert | Resume-CaCertificate -PassThru).Status | Should -Be 'Valid'
    }

    It 'is renewed, once' {
        $new = $cert | Update-CaCertificate
        $new.Replaces | Should -Be $cert.SerialNumber
        $cert | Update-CaCertificate -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $told | Should -Match 'renewed before'
    }
}

Describe 'A profile in its life' {
    It 'is changed and restored' {
        (Set-CaProfile client -ValidDays 30 -PassThru).ValidDays | Should -Be 30
        (Get-CaProfile client).ValidDays | Should -Be 30
        (Set-CaProfile client -Restore -PassThru).ValidDays | Should -BeNullOrEmpty
    }
}

Describe 'An authority in its life' {
    It 'is changed, and shown as it is' {
        (Set-CaAuthority Root -CrlUrl http://pki.example.com/root.crl -PassThru).CrlUrl | Should -Be 'http://pki.example.com/root.crl'
        (Get-CaAuthority Root).CrlUrl | Should -Be 'http://pki.example.com/root.crl'
    }

    It 'hands its certificates to other responders' {
        Export-CaOcspIndex Root | Should -Not -BeNullOrEmpty
        Export-CaOcspResponse Root -Directory ocsp -PassThru | Should -Not -BeNullOrEmpty
    }

    It 'is not removed where nobody can be asked, and the error says which switch answers' {
        $told = & (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -Command "
            Import-Module '$module'
            try { Remove-CaAuthority Root -StorePath '$TestDrive/ca.db' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
        $told -join ' ' | Should -Match 'PromptNotPossible.*-Force'
        (Get-CaAuthority Root).Name | Should -Be 'Root'
    }

    It 'is removed with a warning' {
        $null = New-CaAuthority Gone -KeyType EC
        Remove-CaAuthority Gone -Force -DeleteKey -WarningAction SilentlyContinue
        { Get-CaAuthority Gone -ErrorAction Stop } | Should -Throw -ErrorId 'AuthorityNotFound,*'
    }
}

Describe 'The store' {
    It 'tells where it is' {
        (Get-CaStore).AuthorityCount | Should -BeGreaterThan 0
    }
}

Describe 'Tab' {
    It 'completes <line> with a tool tip' -ForEach @(
        @{ line = 'Get-CaAuthority R'; text = 'Root' }
        @{ line = 'Get-CaSetting MailP'; text = 'MailPort' }
        @{ line = 'New-CaCertificate -Profile webs'; text = 'webserver' }
        @{ line = 'New-CaCertificate -ExtendedKeyUsage serverA'; text = 'serverAuth' }
    ) {
        $match = (TabExpansion2 $line $line.Length).CompletionMatches | Select-Object -First 1
        $match.CompletionText | Should -Be $text
        $match.ToolTip | Should -Not -Be $text
    }
}
