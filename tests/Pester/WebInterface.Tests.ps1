#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The web interface's life, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
    $null = New-CaAuthority Root -KeyType EC
    $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
    $password = ConvertTo-SecureString 'a few words in a row' -AsPlainText -Force
    $null = New-CaWebUser ann -Role Viewer -Password $password
}

AfterAll {
    Get-CaWebInterface | Stop-CaWebInterface
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'A web interface' {
    BeforeAll {
        $web = Start-CaWebInterface Root -Port 0 -PassThru
    }

    It 'is shown' {
        (Get-CaWebInterface).Ready | Should -BeTrue
        (Get-CaWebInterface -Port $web.Port).ProcessId | Should -Be $web.ProcessId
        Get-CaWebInterface | Out-String | Should -Match ([string]$web.Url)
    }

    It 'speaks TLS with a certificate of the authority' {
        $issued = Get-CaCertificate -Authority Root | Where-Object { "$($_.SubjectAlternativeName)" -match 'localhost' }
        $issued.NotAfter | Should -BeLessThan (Get-Date).AddDays(8)
    }

    It 'lets a user in and shows the certificates' {
        $page = Invoke-WebRequest ([uri]::new($web.Url, 'sign-in')) -SkipCertificateCheck -SessionVariable session
        $token = [regex]::Match($page.Content, 'name="token" type="hidden" value="([^"]+)"').Groups[1].Value
        $form = @{ name = 'ann'; password = 'a few words in a row'; returnUrl = '/certificates'; token = $token }
        $list = Invoke-WebRequest ([uri]::new($web.Url, 'sign-in')) -Method Post -Body $form -SkipCertificateCheck -WebSession $session
        $list.Content | Should -Match 'a\.example\.com'
        (Get-CaAuditRecord)[-1].Act | Should -Be 'WebSignedIn'
    }

    It 'refuses an address of the network without TLS' {
        Start-CaWebInterface -NoTls -Address 0.0.0.0 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Match '^WebInterfacePlainAddressRefused,'
    }

    It 'does nothing with -WhatIf' {
        Start-CaWebInterface Root -Port 0 -WhatIf
        @(Get-CaWebInterface).Count | Should -Be 1
    }

    It 'is stopped' {
        $web | Stop-CaWebInterface
        Get-CaWebInterface | Should -BeNullOrEmpty
        Get-Process -Id $web.ProcessId -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
