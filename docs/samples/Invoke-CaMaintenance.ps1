<#
.SYNOPSIS
    What a certificate authority needs once a day: certificates that end soon are renewed, CRLs are signed, watchers are told.
.DESCRIPTION
    For a scheduled task, a systemd timer or cron. What fails does not stop the rest: it is written to the error stream, and the script ends with 1.
    Running it twice does no harm. -WhatIf shows what it would do.
.EXAMPLE
    ./Invoke-CaMaintenance.ps1 -CrlDirectory /srv/crl -CertificateDirectory /srv/certs
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Where the CRL of each authority goes, in DER, named after the authority.
    [Parameter(Mandatory)]
    [string]$CrlDirectory,

    # Where renewed certificates go, with their chain; without it, none are renewed. They keep their keys, and the files of their common names.
    [string]$CertificateDirectory,

    # Certificates that end within so many days are renewed; those that live shortly, once a third of their life is left.
    [ValidateRange(1, 3650)]
    [int]$RenewWithin = 14,

    # How long CRLs are valid: longer than a day, so that a run that failed does not leave everybody without.
    [timespan]$CrlExpiresIn = '3.00:00:00',

    # A file that Export-Clixml made of the password of the authorities' keys, where they have one.
    [string]$PasswordPath,

    # The store; without it, the environment variable PSCA_STORE or the account's own.
    [string]$StorePath
)

Import-Module PSCertAuthority -ErrorAction Stop
$failed = @()
$store = if ($StorePath) { @{ StorePath = $StorePath } } else { @{} }
$signing = if ($PasswordPath) { $store + @{ Password = Import-Clixml -LiteralPath $PasswordPath } } else { $store }

if ($CertificateDirectory) {
    # What was renewed before has a successor, which will be renewed in its turn.
    $isDue = { -not $_.ReplacedBy -and ($_.NotAfter - (Get-Date)).Ticks -lt ($_.NotAfter - $_.NotBefore).Ticks / 3 }
    Get-CaCertificate @store -Status Valid -ExpiringWithin $RenewWithin -ErrorVariable +failed |
        Where-Object $isDue |
        Update-CaCertificate @signing -ErrorVariable +failed |
        Export-CaCertificate @store -Directory $CertificateDirectory -IncludeChain -Force -PassThru -ErrorVariable +failed
}

Get-CaAuthority @store -ErrorVariable +failed |
    Where-Object { $_.HasPrivateKey -and $_.Status -in 'Valid', 'Replaced' } |
    Export-CaCrl @signing -Directory $CrlDirectory -Format Der -ExpiresIn $CrlExpiresIn -Force -PassThru -ErrorVariable +failed

if ((Get-CaSetting MailServer @store).Value) {
    Send-CaExpiryNotification @store -ErrorVariable +failed
}

exit [int]($failed.Count -gt 0)
