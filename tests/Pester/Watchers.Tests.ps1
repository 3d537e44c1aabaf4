#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Who is told before certificates end, told in PowerShell. Needs a build before it: the module is taken from artifacts/module.

BeforeDiscovery {
    $hasServer = $false
    if (Test-Path /usr/bin/python3) {
        /usr/bin/python3 -c 'import aiosmtpd' 2>$null
        $hasServer = $LASTEXITCODE -eq 0
    }
}

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $PSDefaultParameterValues['*-Ca*:StorePath'] = Join-Path $TestDrive 'ca.db'
    Push-Location $TestDrive
    $null = New-CaAuthority Root -KeyType EC
    $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -ValidDays 3 -Watcher 'Ann Example <ann@example.com>'
}

AfterAll {
    Pop-Location
    $PSDefaultParameterValues.Remove('*-Ca*:StorePath')
}

Describe 'Watchers' {
    It 'do not load the mail library before something is sent' {
        Get-CaWatcher | Should -HaveCount 1
        Send-CaExpiryNotification -WhatIf | Should -HaveCount 1
        $loaded = [Runtime.Loader.AssemblyLoadContext]::All.Assemblies | ForEach-Object { $_.GetName().Name }
        $loaded | Should -Contain 'PSCertAuthority.Engine'
        $loaded | Should -Not -Contain 'MailKit'
        $loaded | Should -Not -Contain 'MimeKit'
    }

    It 'are added to what a filter finds, and removed wherever they are' {
        Get-CaCertificate -ExpiringWithin 14 | Add-CaWatcher -Watcher bob@example.com
        (Get-CaWatcher).EmailAddress | Should -Be 'ann@example.com', 'bob@example.com'
        Get-CaWatcher -Watcher bob@example.com | Remove-CaWatcher
        (Get-CaWatcher a.example.com).EmailAddress | Should -Be 'ann@example.com'
    }

    It 'come from the columns of a table' {
        Set-Content hosts.csv 'Subject,KeyPath,ValidDays,Watcher', '/CN=c.example.com,c.key,90,Carl <carl@example.com>', '/CN=d.example.com,d.key,90,'
        $null = Import-Csv hosts.csv | New-CaCertificate -Authority Root -GenerateKey
        (Get-CaWatcher c.example.com).Name | Should -Be 'Carl'
        Get-CaWatcher d.example.com | Should -BeNullOrEmpty
    }

    It 'have a table and a list' {
        Get-CaWatcher a.example.com | Out-String -Width 160 | Should -Match 'Watcher +Serial +NotAfter +Told +Authority +Subject'
        Send-CaExpiryNotification -WhatIf | Out-String -Width 160 | Should -Match 'Ann Example <ann@example.com> +WouldSend +3 +/CN=a.example.com'
        Get-CaWatcher a.example.com | Format-List | Out-String | Should -Match 'Notices'
        (Send-CaExpiryNotification -WhatIf).Certificates | Out-String -Width 160 | Should -Match 'DaysLeft'
    }

    It 'refuse what is no address' {
        { Add-CaWatcher a.example.com nobody -ErrorAction Stop } | Should -Throw -ErrorId 'MailAddressInvalid,*'
    }
}

Describe 'Notices' {
    It 'say what has to be set first' {
        { Send-CaExpiryNotification } | Should -Throw -ErrorId 'MailNotConfigured,*'
    }

    It 'go out once' -Skip:(-not $hasServer) {
        $inbox = (New-Item inbox -ItemType Directory).FullName
        $script = [IO.Path]::Combine($PSScriptRoot, '..', 'PSCertAuthority.Engine.Tests', 'Smtp', 'server.py')
        $server = Start-Process /usr/bin/python3 -ArgumentList $script, $inbox -RedirectStandardOutput server.out -PassThru
        try {
            foreach ($attempt in 1..100) {
                if ("$(Get-Content server.out)" -match 'port (\d+)') { break }
                Start-Sleep -Milliseconds 100
            }
            Set-CaSetting MailServer 127.0.0.1
            Set-CaSetting MailPort $Matches[1]
            Set-CaSetting MailSecurity None
            Set-CaSetting MailSender 'Example CA <ca@example.com>'
            (Send-CaExpiryNotification).Status | Should -Be 'Sent'
            Send-CaExpiryNotification | Should -BeNullOrEmpty
            Get-ChildItem $inbox | Should -HaveCount 1
            Get-Content (Get-ChildItem $inbox) -Raw | Should -Match '/CN=a\.example\.com'
            (Get-CaWatcher).Notices.NotificationDay | Should -Be 3
            (Get-CaAuditRecord -Act NotificationSent).Target | Should -Be 'Ann Example <ann@example.com>'
        }
        finally {
            Stop-Process -Id $server.Id
        }
    }
}
