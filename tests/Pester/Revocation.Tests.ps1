#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Certificates that are revoked from tables: CSV, JSON and what Select-Object leaves. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
}

Describe 'Certificates in a table' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $folder 'ca.db'
        $null = New-CaAuthority Root -KeyType EC
        $a, $b = 'a', 'b' | ForEach-Object {
            New-CaCertificate -Authority Root -GenerateKey -KeyType EC -KeyPath (Join-Path $folder "$_.key") -Subject "/CN=$_.example.com"
        }
        $table = Join-Path $folder 'table.csv'
    }

    AfterEach {
        $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
    }

    It 'bring their reason and their invalidity date' {
        "SerialNumber,Reason,InvalidityDate
        $($a.SerialNumber),KeyCompromise,2026-01-02
        $($b.SerialNumber),," | ConvertFrom-Csv | Revoke-CaCertificate
        (Get-CaCertificate $a).RevocationReason | Should -Be 'KeyCompromise'
        (Get-CaCertificate $a).InvalidityDate.ToString('yyyy-MM-dd') | Should -Be '2026-01-02'
        (Get-CaCertificate $b).RevocationReason | Should -Be 'Unspecified'
        (Get-CaCertificate $b).InvalidityDate | Should -BeNullOrEmpty
    }

    It 'that were exported as <Name> are found, and bring no reason' -ForEach @(
        @{ Name = 'CSV'; Source = { Get-CaCertificate | Export-Csv $table; Import-Csv $table } }
        @{ Name = 'JSON'; Source = { Get-CaCertificate | ConvertTo-Json -Depth 1 | ConvertFrom-Json } }
        @{ Name = 'Select-Object *'; Source = { Get-CaCertificate | Select-Object * } }
    ) {
        & $Source | Revoke-CaCertificate -Reason Superseded
        (Get-CaCertificate -Revoked).RevocationReason | Should -Be 'Superseded', 'Superseded'
    }

    It 'name an authority that was renamed since, by its bytes' {
        $old = Get-CaAuthority Root | Select-Object *
        Set-CaAuthority Root -NewName Renamed
        ($old | Get-CaAuthority).Name | Should -Be 'Renamed'
    }
}
