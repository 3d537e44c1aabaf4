@{
    RootModule           = 'PSCertAuthority.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0d2f0e-6a3b-4d1c-9d5e-3c1b8f6a2e47'
    Author               = 'PSCertAuthority contributors'
    CompanyName          = 'PSCertAuthority'
    Copyright            = '(c) PSCertAuthority contributors. MIT licence.'
    Description          = 'A certificate authority for PowerShell: root and issuing authorities, certificates from requests or new keys, revocation and CRLs, in one file, on Windows and Linux.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess       = @('PSCertAuthority.Types.ps1xml')
    FormatsToProcess     = @('PSCertAuthority.Format.ps1xml')
    FunctionsToExport    = @()
    # All three lists are given: PowerShell then loads the module by its name without analysing it, which two runspaces cannot do at once
    # (ForEach-Object -Parallel). Where they are given it does not look for DSC resources; these are in the module PSCertAuthority.Dsc beside this one.
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-CaWatcher'
        'Backup-CaStore'
        'Export-CaAuthority'
        'Export-CaCertificate'
        'Export-CaCrl'
        'Export-CaOcspIndex'
        'Export-CaOcspResponse'
        'Export-CaProfile'
        'Get-CaAuditRecord'
        'Get-CaAuthority'
        'Get-CaCertificate'
        'Get-CaCertificateExtension'
        'Get-CaOcspResponder'
        'Get-CaProfile'
        'Get-CaSetting'
        'Get-CaStore'
        'Get-CaWatcher'
        'Get-CaWebInterface'
        'Get-CaWebUser'
        'Import-CaAuthority'
        'Import-CaCertificate'
        'Import-CaProfile'
        'New-CaAuthority'
        'New-CaCertificate'
        'New-CaCertificateRequest'
        'New-CaProfile'
        'New-CaWebUser'
        'Remove-CaAuthority'
        'Remove-CaProfile'
        'Remove-CaWatcher'
        'Remove-CaWebUser'
        'Restore-CaStore'
        'Resume-CaCertificate'
        'Revoke-CaCertificate'
        'Send-CaExpiryNotification'
        'Set-CaAuthority'
        'Set-CaProfile'
        'Set-CaSetting'
        'Set-CaWebUser'
        'Start-CaOcspResponder'
        'Start-CaWebInterface'
        'Stop-CaOcspResponder'
        'Stop-CaWebInterface'
        'Suspend-CaCertificate'
        'Test-CaCertificate'
        'Test-CaOcspResponder'
        'Test-CaStore'
        'Update-CaAuthority'
        'Update-CaCertificate'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('PKI', 'CA', 'Certificate', 'X509', 'CRL', 'OCSP', 'TLS', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux')
            LicenseUri   = 'https://licenses.nuget.org/MIT'
            ReleaseNotes = 'What changed is in CHANGELOG.md, which is part of the module.'
        }
    }
}
