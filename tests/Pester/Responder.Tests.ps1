#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The responder's life, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
    $null = New-CaAuthority Root -KeyType EC
    $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
}

AfterAll {
    Get-CaOcspResponder | Stop-CaOcspResponder
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'A responder' {
    BeforeAll {
        $responder = Get-CaAuthority | Start-CaOcspResponder -Port 0 -PassThru
        $ocsp = [uri]::new($responder.Url, 'ocsp/')
    }

    It 'answers and is shown' {
        ($cert | Test-CaOcspResponder -Uri $ocsp).Status | Should -Be 'Good'
        (Get-CaOcspResponder).Ready | Should -BeTrue
        Get-CaOcspResponder | Out-String | Should -Match ([string]$responder.Url)
        (Invoke-RestMethod ([uri]::new($responder.Url, 'health/ready'))).ready | Should -BeTrue
        Invoke-RestMethod ([uri]::new($responder.Url, 'metrics')) | Should -Match 'psca_ocsp_requests_total'
    }

    It 'knows within a second what was revoked' {
        $cert | Revoke-CaCertificate -Reason Superseded
        Start-Sleep -Milliseconds 1000
        $answer = $cert | Test-CaOcspResponder -Uri $ocsp
        $answer.Status | Should -Be 'Revoked'
        $answer.RevocationReason | Should -Be 'Superseded'
    }

    It 'is stopped' {
        $responder | Stop-CaOcspResponder
        Get-CaOcspResponder | Should -BeNullOrEmpty
        Get-Process -Id $responder.ProcessId -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
