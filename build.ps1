#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages PSCertAuthority. The work itself is in MSBuild: this only names the usual commands.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Clean', 'Build', 'Help', 'Test', 'Package')]
    [string[]]$Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$artifacts = [IO.Path]::Combine($PSScriptRoot, 'artifacts')

function Invoke-Native([string]$Command, [string[]]$Arguments) {
    & $Command @Arguments
    if ($LASTEXITCODE -ne 0) { throw "'$Command $Arguments' ended with $LASTEXITCODE." }
}

foreach ($step in $Task) {
    switch ($step) {
        'Clean' {
            if ([IO.Directory]::Exists($artifacts)) { [IO.Directory]::Delete($artifacts, $true) }
        }
        'Build' {
            Invoke-Native dotnet 'build', "$PSScriptRoot/PSCertAuthority.sln", '-c', $Configuration
        }
        'Help' {
            # The pages are brought in step with the cmdlets; PlatyPS makes the MAML of them where it is, and the build's own tool where it is not.
            Invoke-Native dotnet 'build', "$PSScriptRoot/src/PSCertAuthority.HelpBuilder", '-c', $Configuration, '-t:UpdateHelpPages'
            if (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS) {
                Import-Module Microsoft.PowerShell.PlatyPS
                $pages = [IO.Directory]::GetFiles([IO.Path]::Combine($PSScriptRoot, 'docs', 'en-US'), '*-*.md')
                $made = [IO.Path]::Combine($artifacts, 'platyps')
                $null = Import-MarkdownCommandHelp -Path $pages | Export-MamlCommandHelp -OutputFolder $made -Force
                $maml = [IO.Path]::Combine('en-US', 'PSCertAuthority.dll-Help.xml')
                [IO.File]::Copy([IO.Path]::Combine($made, 'PSCertAuthority', 'PSCertAuthority.dll-Help.xml'), [IO.Path]::Combine($artifacts, 'module', 'PSCertAuthority', $maml), $true)
                [Console]::WriteLine("PlatyPS made '$maml' of the module.")
            }
        }
        'Test' {
            Invoke-Native dotnet 'test', "$PSScriptRoot/PSCertAuthority.sln", '-c', $Configuration
            $pester = Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0'
            if ($PSVersionTable.PSVersion -ge [version]'7.4' -and $pester) {
                Import-Module Pester -MinimumVersion 5.0
                $result = Invoke-Pester -Path "$PSScriptRoot/tests/Pester" -PassThru
                if ($result.FailedCount -gt 0) { throw "$($result.FailedCount) Pester tests failed." }
            }
            else {
                Write-Warning 'The Pester suite was left out: it needs PowerShell 7.4 or newer with Pester 5.'
            }
        }
        'Package' {
            Invoke-Native dotnet 'build', "$PSScriptRoot/PSCertAuthority.sln", '-c', $Configuration
            Invoke-Native dotnet 'pack', "$PSScriptRoot/src/PSCertAuthority.Package", '-c', $Configuration, '--no-build'
            Invoke-Native dotnet 'pack', "$PSScriptRoot/src/PSCertAuthority.Package", '-c', $Configuration, '--no-build', '-p:PackedModule=PSCertAuthority.Dsc'

            # What is in the packages, as CycloneDX: for the module, and for its server.
            $package = [IO.Path]::Combine($artifacts, 'package')
            Invoke-Native dotnet 'tool', 'restore', '--tool-manifest', "$PSScriptRoot/.config/dotnet-tools.json"
            Push-Location $PSScriptRoot
            try {
                foreach ($project in 'PSCertAuthority', 'PSCertAuthority.Server') {
                    Invoke-Native dotnet 'CycloneDX', "$PSScriptRoot/src/$project/$project.csproj", '--recursive', '--output', $package, '--filename', "$project.cdx.json", '--output-format', 'Json', '--disable-package-restore'
                }
            }
            finally { Pop-Location }
        }
    }
}
