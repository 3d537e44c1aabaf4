#requires -RunAsAdministrator
<#
.SYNOPSIS
    Registers Invoke-CaMaintenance.ps1 as a task of Windows that runs once a day.
.DESCRIPTION
    The task runs in the PowerShell that registers it, whether or not somebody is signed in, as the account given, which must be able to read the store and the keys. Without -UserId it
    runs as the account that registers it, and Windows asks for no password: the task then has no access to the network beyond this machine. A
    group managed service account (-UserId 'EXAMPLE\pki$') has it, and needs no password either.
.EXAMPLE
    .\Register-CaMaintenance.ps1 -StorePath C:\ProgramData\pki\ca.db -CrlDirectory C:\inetpub\crl -CertificateDirectory D:\certs
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string]$StorePath,

    [Parameter(Mandatory)]
    [string]$CrlDirectory,

    [string]$CertificateDirectory,

    # When it runs.
    [datetime]$At = '03:17',

    # Who it runs as.
    [string]$UserId = "$env:USERDOMAIN\$env:USERNAME",

    [string]$TaskName = 'PSCertAuthority maintenance'
)

$ErrorActionPreference = 'Stop'
$script = Join-Path $PSScriptRoot 'Invoke-CaMaintenance.ps1'
$argument = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$script`" -StorePath `"$StorePath`" -CrlDirectory `"$CrlDirectory`""
if ($CertificateDirectory) { $argument += " -CertificateDirectory `"$CertificateDirectory`"" }

$action = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument $argument
$trigger = New-ScheduledTaskTrigger -Daily -At $At
# A name that ends with $ is a managed service account, whose password Windows knows.
$logon = if ($UserId.EndsWith('$')) { 'Password' } else { 'S4U' }
$principal = New-ScheduledTaskPrincipal -UserId $UserId -LogonType $logon -RunLevel Limited
# A machine that was off at that time makes up for it; two runs are never at work at once.
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 1)

if ($PSCmdlet.ShouldProcess($TaskName, "Register the task for $UserId")) {
    Register-ScheduledTask -TaskName $TaskName -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Description 'Renews certificates, signs CRLs and tells watchers.'
}
