#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The user stories of the main job, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'A certificate authority from nothing' {
    BeforeAll {
        $root = New-CaAuthority -Name Root -Subject '/C=AT/O=Example/CN=Example Root' -PathLength 1 -KeyType EC
        $sub = $root | New-CaAuthority -Name Issuing -Subject '/O=Example/CN=Example Issuing' -KeyType EC
    }

    It 'makes a root and an issuing authority, each with its key' {
        $root.Parent | Should -BeNullOrEmpty
        $sub.Parent | Should -Be 'Root'
        (Get-CaAuthority).HasPrivateKey | Should -Not -Contain $false
    }

    It 'issues for a request of its own and exports the chain' {
        $cert = New-CaCertificateRequest -Subject '/CN=web01.example.com' -KeyPath web01.key |
            New-CaCertificate -Authority Issuing -SubjectAlternativeName www.example.com
        $cert | Export-CaCertificate -Path web01.pem -IncludeChain
        $cert.SubjectAlternativeName -join ', ' | Should -Be 'DNS:web01.example.com, DNS:www.example.com'
        (Select-String -Path web01.pem -Pattern 'BEGIN CERTIFICATE').Count | Should -Be 2
    }

    It 'takes request files from Get-Item' {
        1..2 | ForEach-Object { $null = New-CaCertificateRequest -Subject "/CN=f$_.example.com" -KeyPath "f$_.key" -Path "f$_.csr" }
        Get-Item *.csr | New-CaCertificate -Authority Issuing -UseRequestSubject | Should -HaveCount 2
    }

    It 'takes columns from Import-Csv' {
        Set-Content hosts.csv 'Subject,KeyPath', '/CN=h1.example.com,h1.key', '/CN=h2.example.com,h2.key'
        Import-Csv hosts.csv | New-CaCertificate -Authority Issuing -GenerateKey | Should -HaveCount 2
    }

    It 'revokes what a filter finds and publishes it' {
        $null = New-CaCertificate -GenerateKey -KeyPath lab.key -Authority Issuing -Subject '/OU=Lab/CN=lab.example.com'
        Get-CaCertificate -Authority Issuing | Where-Object Subject -like '*OU=Lab*' | Revoke-CaCertificate -Reason Superseded
        (Get-CaCertificate lab.example.com).Status | Should -Be 'Revoked'
        Get-CaAuthority | Export-CaCrl -Directory ./crl
        Get-ChildItem crl | Should -HaveCount 2
    }

    It 'says what is wrong with a stable id' {
        { Get-CaAuthority nobody -ErrorAction Stop } | Should -Throw -ErrorId 'AuthorityNotFound,PSCertAuthority.Commands.GetCaAuthorityCommand'
    }
}

Describe 'Testing certificates' {
    It 'says what is right and wrong with one' {
        $null = New-CaAuthority Tested -KeyType EC
        $cert = New-CaCertificate -GenerateKey -KeyPath t.key -Authority Tested -Subject /CN=t.example.com
        $cert | Test-CaCertificate -Name t.example.com -Purpose serverAuth -Quiet | Should -BeTrue
        ($cert | Test-CaCertificate -Name other.example.com).Checks | Where-Object Passed -eq $false | ForEach-Object Check | Should -Be 'Name'
    }
}

Describe 'Renewing authorities' {
    BeforeAll {
        $old = New-CaAuthority Renewed -KeyType EC -ValidDays 30
        $cert = New-CaCertificate -GenerateKey -KeyPath renewed.key -Authority Renewed -Subject /CN=r.example.com -ValidDays 5
    }

    It 'keeps the key, and what was issued' {
        $new = $old | Update-CaAuthority -ValidDays 100
        $new.PublicKeyPin | Should -Be $old.PublicKeyPin
        $new.NotAfter | Should -BeGreaterThan $old.NotAfter
        $cert | Test-CaCertificate -Quiet | Should -BeTrue
    }

    It 'hands the name to a new key' {
        $new = Update-CaAuthority Renewed -NewKey -CrossSign
        $new.Replaces | Should -Be 'Renewed-1'
        (Get-CaAuthority Renewed-1).Status | Should -Be 'Replaced'
        Get-CaCertificate -Subject *CN=Renewed | Where-Object Authority -eq Renewed | Should -HaveCount 1
        $cert | Test-CaCertificate -Quiet | Should -BeTrue
    }
}

Describe 'Taking over what was made elsewhere' {
    It 'brings an authority and its certificates into another store' {
        $null = New-CaAuthority Elsewhere -KeyType EC
        $cert = New-CaCertificate -GenerateKey -KeyPath e.key -Authority Elsewhere -Subject /CN=e.example.com
        Export-CaAuthority Elsewhere -Path elsewhere.pem
        $cert | Export-CaCertificate -Path e.pem
        $other = Join-Path $TestDrive 'other.db'
        $imported = Get-Item elsewhere.pem | Import-CaAuthority -Name Here -StorePath $other
        $imported.HasPrivateKey | Should -BeFalse
        (Get-ChildItem e.pem | Import-CaCertificate -StorePath $other).SerialNumber | Should -Be $cert.SerialNumber
    }

    It 'live on with the files that servers have, chain and key included' {
        $null = New-CaAuthority Served -KeyType EC
        Export-CaAuthority Served -Path served.pem
        $password = ConvertTo-SecureString 'secret' -AsPlainText -Force
        $pfx = New-CaCertificate -GenerateKey -PfxPath s.pfx -PfxPassword $password -Authority Served -Subject /CN=s.example.com
        $chain = New-CaCertificate -GenerateKey -KeyPath t.key -Authority Served -Subject /CN=t.example.com
        $chain | Export-CaCertificate -Path t.pem -IncludeRoot
        $other = Join-Path $TestDrive 'served.db'
        $null = Import-CaAuthority served.pem -KeyPath (Get-CaAuthority Served).KeyFile -Name Served -StorePath $other
        (Get-Item s.pfx | Import-CaCertificate -Password $password -StorePath $other).SerialNumber | Should -Be $pfx.SerialNumber
        (Get-Item t.pem | Import-CaCertificate -Watcher ann@example.com -StorePath $other).SerialNumber | Should -Be $chain.SerialNumber
        Test-CaStore -StorePath $other -Quiet | Should -BeTrue
        { Get-Item t.pem | Import-CaCertificate -StorePath $other -ErrorAction Stop } | Should -Throw -ErrorId 'ImportCertificateExists,*'
    }
}

Describe 'Delta CRLs' {
    It 'tell what changed since the complete one' {
        $null = New-CaAuthority Changing -KeyType EC
        $cert = New-CaCertificate -GenerateKey -KeyPath d.key -Authority Changing -Subject /CN=d.example.com
        Export-CaCrl Changing -Path full.pem
        $cert | Suspend-CaCertificate
        Export-CaCrl Changing -Delta -Path delta.pem
        $cert | Test-CaCertificate -CrlPath full.pem -Quiet | Should -BeTrue
        $cert | Test-CaCertificate -CrlPath full.pem, delta.pem -Quiet | Should -BeFalse
    }
}
