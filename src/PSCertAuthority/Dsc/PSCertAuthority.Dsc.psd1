@{
    RootModule           = 'PSCertAuthority.Dsc.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b1d7c6a4-52f0-4f0e-8c07-6c1b1a0f5d92'
    Author               = 'PSCertAuthority contributors'
    CompanyName          = 'PSCertAuthority'
    Copyright            = '(c) PSCertAuthority contributors. MIT licence.'
    Description          = 'DSC resources of PSCertAuthority: an authority, a certificate with its files, and a CRL, as they are wanted.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DscResourcesToExport = @('CaAuthority', 'CaCertificate', 'CaCrl')
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    # No AliasesToExport, though there are none: where all three lists are given, PowerShell does not look for DSC resources (7.6, 5.1).
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('PKI', 'CA', 'Certificate', 'X509', 'CRL', 'DSC', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux')
            LicenseUri   = 'https://licenses.nuget.org/MIT'
            ReleaseNotes = 'What changed is in CHANGELOG.md of the module PSCertAuthority.'
        }
    }
}
