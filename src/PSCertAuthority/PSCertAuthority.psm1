using namespace System.IO
using namespace System.Reflection

# PowerShell 7 gets the module in a load context of its own; Windows PowerShell has none, and loads it as it is.
$importModule = Get-Command -Name Import-Module -Module Microsoft.PowerShell.Core

if ($PSVersionTable.PSEdition -ne 'Core') {
    & $importModule ([Path]::Combine($PSScriptRoot, 'bin', 'netstandard2.0', 'PSCertAuthority.dll')) -ErrorAction Stop
    return
}

$isReload = $null -ne ('PSCertAuthority.Loader.ModuleLoadContext' -as [type])
if (-not $isReload) {
    $null = [Assembly]::LoadFrom([Path]::Combine($PSScriptRoot, 'bin', 'net8.0', 'PSCertAuthority.Loader.dll'))
}

$assembly = ('PSCertAuthority.Loader.ModuleLoadContext' -as [type])::LoadModule()
$ExecutionContext.SessionState.Module.OnRemove = { $assembly.GetType('PSCertAuthority.ModuleEnd')::StopServers() }.GetNewClosure()
$inner = & $importModule -Assembly $assembly -PassThru:$isReload

if ($inner) {
    # PowerShell keeps a binary module that was loaded before, and then does not hand its cmdlets to the importing one
    # (https://github.com/PowerShell/PowerShell/issues/20710).
    $addExportedCmdlet = [psmoduleinfo].GetMethod('AddExportedCmdlet', [BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
        $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}
