#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Whether every cmdlet has its story, and what a gallery asks of the module. Needs a build before it: the module is taken from artifacts/module.

BeforeDiscovery {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    $cmdlets = (Import-PowerShellDataFile "$module/PSCertAuthority.psd1").CmdletsToExport
}

BeforeAll {
    $module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority'))
    Import-Module $module -Force
    $called = Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | ForEach-Object {
        $ast = [Management.Automation.Language.Parser]::ParseFile($_.FullName, [ref]$null, [ref]$null)
        $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
    } | Sort-Object -Unique
}

Describe 'The stories' {
    It 'tell of <_>' -ForEach $cmdlets {
        $called | Should -Contain $_
        Get-Command $_ -Module PSCertAuthority | Should -Not -BeNullOrEmpty
    }
}

Describe 'The module' {
    It 'has a manifest without a warning' {
        Test-ModuleManifest "$module/PSCertAuthority.psd1" -WarningVariable warnings -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'is imported without what only work on a store needs' {
        # Reading these takes longer than the import. How long that is, the benchmarks tell (store-import).
        $loaded = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$module'
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName().Name }"
        $loaded | Should -Contain PSCertAuthority
        $loaded | Should -Not -Contain BouncyCastle.Cryptography
        $loaded | Should -Not -Contain LiteDB
    }

    It 'passes the rules of the gallery' -Skip:(-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
        # Tests and samples of the resources are in the repository, not in the module.
        Invoke-ScriptAnalyzer -Path $module -Settings PSGallery -Recurse -ExcludeRule PSDSCDscTestsPresent, PSDSCDscExamplesPresent | Should -BeNullOrEmpty
        Invoke-ScriptAnalyzer -Path ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build.ps1')) -Settings PSGallery | Should -BeNullOrEmpty
    }
}

Describe 'Views' {
    BeforeAll {
        $store = Join-Path $TestDrive 'ca.db'
        $root = New-CaAuthority Root -KeyType EC -StorePath $store
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath (Join-Path $TestDrive 'a.key') -Subject /CN=a.example.com -StorePath $store
    }

    It 'colour a status where the terminal can, and not in what is kept' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $cert | Out-String | Should -Match "`e\[32mValid`e\[0m"
            $PSStyle.OutputRendering = 'PlainText'
            $cert | Out-String | Should -Not -Match "`e"
        }
        finally { $PSStyle.OutputRendering = $before }
    }

    It 'show what came through a job as if it had not' {
        $kept = Join-Path $TestDrive 'c.xml'
        $cert | Export-Clixml $kept
        (Import-Clixml $kept | Out-String) -replace "`e\[[\d;]*m" | Should -Be (($cert | Out-String) -replace "`e\[[\d;]*m")
        (Import-Clixml $kept | Get-CaCertificate -StorePath $store).SerialNumber | Should -Be $cert.SerialNumber
        $root | Format-List | Out-String | Should -Match 'PublicKeyPin'
    }
}

Describe 'DSC' -Skip:(-not (Get-Module -ListAvailable PSDesiredStateConfiguration | Where-Object Version -GE '2.0')) {
    BeforeAll {
        $paths = $env:PSModulePath
        $env:PSModulePath = [IO.Path]::GetDirectoryName($module) + [IO.Path]::PathSeparator + $paths
        $wanted = @{ Name = 'Dsc'; KeyType = 'EC'; StorePath = Join-Path $TestDrive 'dsc.db' }
    }

    AfterAll { $env:PSModulePath = $paths }

    It 'finds the resources' {
        Get-DscResource -Module PSCertAuthority.Dsc | ForEach-Object Name | Sort-Object | Should -Be 'CaAuthority', 'CaCertificate', 'CaCrl'
    }

    It 'brings about what is wanted, and then leaves it' {
        (Invoke-DscResource CaAuthority -ModuleName PSCertAuthority.Dsc -Method Test -Property $wanted).InDesiredState | Should -BeFalse
        $null = Invoke-DscResource CaAuthority -ModuleName PSCertAuthority.Dsc -Method Set -Property $wanted
        (Invoke-DscResource CaAuthority -ModuleName PSCertAuthority.Dsc -Method Test -Property $wanted).InDesiredState | Should -BeTrue
    }
}
