# A configuration for Windows PowerShell's DSC: dot-source it, call WebServer, and hand the folder to Start-DscConfiguration.
Configuration WebServer {
    Import-DscResource -ModuleName PSCertAuthority.Dsc

    Node localhost {
        CaAuthority Issuing {
            Name            = 'Issuing'
            StorePath       = 'C:\ProgramData\PSCertAuthority\ca.db'
            Subject         = '/O=Example/CN=Example Issuing'
            KeyType         = 'EC'
            CrlUrl          = 'http://pki.example.com/issuing.crl'
            CertificatePath = 'C:\inetpub\pki\issuing.cer'
        }

        CaCertificate Web01 {
            Path                   = 'C:\ProgramData\Web\web01.pem'
            KeyPath                = 'C:\ProgramData\Web\web01.key'
            StorePath              = 'C:\ProgramData\PSCertAuthority\ca.db'
            IncludeChain           = $true
            Authority              = 'Issuing'
            Subject                = '/CN=web01.example.com'
            SubjectAlternativeName = 'www.example.com'
            ValidDays              = 90
            RenewDaysBefore        = 30
            KeyReader              = 'NT AUTHORITY\NETWORK SERVICE'
            DependsOn              = '[CaAuthority]Issuing'
        }

        CaCrl Issuing {
            Path             = 'C:\inetpub\pki\issuing.crl'
            StorePath        = 'C:\ProgramData\PSCertAuthority\ca.db'
            Authority        = 'Issuing'
            Format           = 'Der'
            ExpiresInHours   = 48
            RenewHoursBefore = 24
            DependsOn        = '[CaAuthority]Issuing'
        }
    }
}
