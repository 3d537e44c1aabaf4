#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Help, as a user of a real PowerShell asks for it.

BeforeDiscovery {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'PSCertAuthority')) -Force
    $commands = (Get-Command -Module PSCertAuthority).Name
    $platyPS = [bool](Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)
}

Describe 'Get-Help <_>' -ForEach $commands {
    It 'has synopsis, description, notes, links and three examples' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 1
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $expected = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        $described = (Get-Help $_ -Full).parameters.parameter | Where-Object { $_.description.Text } | ForEach-Object name | Sort-Object
        $described | Should -Be $expected
    }
}

Describe 'The pages' {
    It 'are in the schema of PlatyPS' -Skip:(-not $platyPS) {
        Import-Module Microsoft.PowerShell.PlatyPS
        $pages = Get-ChildItem ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'en-US', '*-*.md'))
        $pages | Where-Object { -not (Test-MarkdownCommandHelp $_.FullName) } | Should -BeNullOrEmpty
        $made = $pages | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder TestDrive:/maml -Force
        # By elements: PowerShell takes the attribute xmlns:command for a command, too.
        ([xml](Get-Content $made -Raw)).SelectNodes("//*[local-name() = 'command']").Count | Should -Be $pages.Count
    }
}
