#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# An issuing authority below an offline root, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $here = @{ StorePath = Join-Path $TestDrive 'here.db' }
    $offline = @{ StorePath = Join-Path $TestDrive 'offline.db' }
    Push-Location $TestDrive
    $null = New-CaAuthority 'Offline Root' -KeyType EC -PathLength 1 @offline
}

AfterAll {
    Pop-Location
}

Describe 'An issuing authority below an offline root' {
    It 'is pending until its certificate is there' {
        $plant = New-CaAuthority Plant '/O=Example/CN=Example Plant' -KeyType EC -RequestPath plant.csr @here
        $plant.Status | Should -Be 'Pending'
        'plant.csr' | Should -FileContentMatch 'BEGIN CERTIFICATE REQUEST'
        { New-CaCertificate -Authority Plant -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -ErrorAction Stop @here } | Should -Throw -ErrorId 'AuthorityPending,*'
    }

    It 'issues once it was signed elsewhere' {
        New-CaAuthority Plant -Parent 'Offline Root' -Request plant.csr @offline | Export-CaAuthority -Path plant.pem
        Get-CaAuthority 'Offline Root' @offline | Export-CaAuthority -Path offline-root.pem
        (Get-Item plant.pem, offline-root.pem | Import-CaAuthority @here).Name | Should -Be 'Plant', 'Offline Root'
        $leaf = New-CaCertificate -Authority Plant -GenerateKey -KeyType EC -KeyPath a.key -Subject /CN=a.example.com @here
        ($leaf | Test-CaCertificate).Passed | Should -BeTrue
    }

    It 'is renewed by the same pair, and its revocations stay' {
        Get-CaCertificate a.example.com @here | Revoke-CaCertificate -Reason Superseded
        $number = [long](Get-CaAuthority Plant @here).LastCrlNumber
        $null = Update-CaAuthority Plant -RequestPath plant-2.csr @here
        Update-CaAuthority Plant -ValidDays 3000 @offline | Export-CaAuthority -Path plant-2.pem
        $null = Import-CaAuthority plant-2.pem -Name 'Another name' @here -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'keeps its name'
        (Get-CaAuthority @here).Count | Should -Be 2
        $null = Export-CaCrl Plant -Path plant.crl @here
        $crl = (Get-CaAuthority Plant @here).ReadCrl((Resolve-Path plant.crl))
        $crl.Number | Should -BeGreaterThan $number
        $crl.EntryCount | Should -Be 1
    }

    It 'keeps its key to itself' {
        (Get-CaAuthority Plant @offline).HasPrivateKey | Should -BeFalse
        { New-CaCertificate -Authority Plant -GenerateKey -KeyPath b.key -Subject /CN=b.example.com -ErrorAction Stop @offline } | Should -Throw -ErrorId 'KeyFileMissing,*'
    }
}
