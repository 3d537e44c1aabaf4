<#
.SYNOPSIS
    What a certificate authority needs once a day: certificates that expire soon are renewed, CRLs are signed, watchers are told.
.DESCRIPTION
    For a scheduled task, a systemd timer or cron. What fails does not stop the rest: it is written to the error stream, and the script ends with 1.
    Running it twice does no harm. A renewed certificate that could not be written is written by the next run. -WhatIf shows what it would do.
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

    # Certificates that expire within so many days are renewed; those with a short validity, once a third of it is left.
    [ValidateRange(1, 3650)]
    [int]$RenewWithin = 14,

    # How long CRLs are valid: longer than a day, so that a run that failed does not leave everybody without.
    [timespan]$CrlExpiresIn = '3.00:00:00',

    # A file that Export-Clixml made of the password of the authorities' keys, where they have one.
    [string]$PasswordPath,

    # The store; without it, the environment variable PSCA_STORE or the account's own.
    [string]$StorePath
)

# What cannot be prepared ends the script, and is no success.
trap {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}

Import-Module PSCertAuthority -ErrorAction Stop
$failed = @()
$store = if ($StorePath) { @{ StorePath = $StorePath } } else { @{} }
$signing = if ($PasswordPath) { $store + @{ Password = Import-Clixml -LiteralPath $PasswordPath -ErrorAction Stop } } else { $store }

# Without its store (not mounted, mistyped) there is nothing to maintain, and that is no success.
$authorities = @(Get-CaAuthority @store -ErrorAction Stop)

# Whether the file of a certificate holds it, or one with another key, which somebody else looks after.
function Test-Written($Certificate) {
    $name = if ($Certificate.CommonName) { $Certificate.CommonName -replace '[<>:"/\\|?*]', '_' } else { $Certificate.SerialNumber -replace ':' }
    $path = Join-Path $CertificateDirectory "$name.pem"
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { return $false }
    try { $there = [Security.Cryptography.X509Certificates.X509Certificate2]::new((Convert-Path -LiteralPath $path)) }
    catch [Security.Cryptography.CryptographicException] { return $false }
    $current = [Security.Cryptography.X509Certificates.X509Certificate2]$Certificate
    return $there.Thumbprint -eq $current.Thumbprint -or $there.GetPublicKeyString() -ne $current.GetPublicKeyString()
}

if ($CertificateDirectory) {
    try {
        # What was renewed before has a successor, which will be renewed in its turn.
        $isDue = { -not $_.ReplacedBy -and ($_.NotAfter - (Get-Date)).Ticks -lt ($_.NotAfter - $_.NotBefore).Ticks / 3 }
        $expiring = @(Get-CaCertificate @store -Status Valid -ExpiringWithin $RenewWithin -ErrorVariable +failed)
        $renewed = @($expiring | Where-Object $isDue | Update-CaCertificate @signing -ErrorVariable +failed | Where-Object {
                $mayWrite = -not (Test-Written $_)
                if (-not $mayWrite) { Write-Warning "The file of '$($_.CommonName)' holds a certificate with another key. $($_.SerialNumber) of '$($_.Authority)' was renewed, but not written." }
                $mayWrite
            })

        # What an earlier run renewed with the same key, and could not write.
        $unwritten = @(foreach ($old in $expiring | Where-Object ReplacedBy) {
                $new = Get-CaCertificate $old.ReplacedBy @store -ErrorVariable +failed
                if ($new.Status -eq 'Valid' -and -not $new.ReplacedBy -and $new.PublicKeyPin -eq $old.PublicKeyPin -and -not (Test-Written $new)) { $new }
            })
        $renewed + $unwritten | Export-CaCertificate @store -Directory $CertificateDirectory -IncludeChain -Force -PassThru -ErrorVariable +failed
    }
    catch {
        $failed += $_
        Write-Error -ErrorRecord $_ -ErrorAction Continue
    }
}

# A key that never was here signs elsewhere. One that was here and is missing, or an authority that is not valid yet, is a failure.
try {
    $authorities | Where-Object { -not $_.KeyIsElsewhere -and $_.Status -in 'Valid', 'Replaced', 'NotYetValid' } |
        Export-CaCrl @signing -Directory $CrlDirectory -Format Der -ExpiresIn $CrlExpiresIn -Force -PassThru -ErrorVariable +failed
}
catch {
    $failed += $_
    Write-Error -ErrorRecord $_ -ErrorAction Continue
}

if ((Get-CaSetting MailServer @store -ErrorAction Stop).Value) {
    Send-CaExpiryNotification @store -ErrorVariable +failed
}

exit [int]($failed.Count -gt 0)
