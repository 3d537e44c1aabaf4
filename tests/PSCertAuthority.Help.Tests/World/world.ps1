# What the examples of the help pages take for granted, in the current folder and its store; about_PSCertAuthority tells readers of it.
# Keys are EC, so that the world stands in a second.
$ErrorActionPreference = 'Stop'
$PSDefaultParameterValues = @{ 'New-CaAuthority:KeyType' = 'EC' }
$password = Read-Host -AsSecureString

function New-Leaf([string]$Authority, [string]$Name, [hashtable]$With = @{}) {
    New-CaCertificate -Authority $Authority -GenerateKey -KeyPath "$Name.key" -Force -Subject "/CN=$Name" @With
}

# Authorities: three below a root, of which one has an encrypted key and one is retired.
$root = New-CaAuthority Root '/C=AT/O=Example/CN=Example Root' -PathLength 1
$issuing = $root | New-CaAuthority Issuing '/C=AT/O=Example/CN=Example Issuing' -CrlUrl http://pki.example.com/issuing.crl `
    -OcspUrl http://pki.example.com/ocsp/Issuing/ -IssuerUrl http://pki.example.com/issuing.cer
$null = $root | New-CaAuthority Vault '/C=AT/O=Example/CN=Example Vault' -Password $password
$null = $root | New-CaAuthority Retired '/C=AT/O=Example/CN=Example Retired'
Set-CaAuthority Retired -Enabled $false
$null = New-CaProfile vpn -CopyFrom client -Description 'Gateways and clients of the VPN.' -ValidDays 90

# Certificates in every status.
$ann = @{ Watcher = 'Ann Example <ann@example.com>' }
$web01 = New-Leaf Issuing web01.example.com (@{ SubjectAlternativeName = 'www.example.com' } + $ann)
$null = New-Leaf Issuing web02.example.com
$null = New-Leaf Issuing vpn01.example.com @{ Profile = 'client' }
$null = New-Leaf Issuing mail01.example.com (@{ ValidDays = 10 } + $ann)
$null = New-CaCertificate -Authority Issuing -GenerateKey -KeyPath alice.key -Profile enduser -Subject '/O=Example/OU=Lab/CN=Alice Example' -SAN alice@example.com
$null = New-Leaf Issuing old01.example.com
$null = New-Leaf Issuing vpn02.example.com @{ Profile = 'client' }
Revoke-CaCertificate old01.example.com -Reason Superseded
Suspend-CaCertificate vpn02.example.com

# Files.
Remove-Item *.key -Exclude web01.example.com.key
Move-Item web01.example.com.key web01.key
$web01 | Export-CaCertificate -Path web01.pem
$root | Export-CaAuthority -Path root.pem
$issuing | Export-CaAuthority -Path issuing.pem
$null = Export-CaCrl Root -Path root.crl
$null = Export-CaCrl Issuing -Path issuing.crl
New-CaCertificateRequest /CN=web03.example.com -SAN web03.example.com, shop.example.com -KeyPath web03.key -Path web03.csr
New-CaCertificateRequest /CN=web04.example.com -KeyPath web04.key -Path web04.csr
Set-Content hosts.csv 'Subject,SubjectAlternativeName,KeyPath', '/CN=db01.example.com,db.example.com,db01.key', '/CN=db02.example.com,,db02.key'
Export-CaProfile -Path profiles.json

# Two certificates of Issuing that this store does not know: a copy of the store issued them.
$null = New-Item elsewhere, issued-elsewhere -ItemType Directory
Copy-Item ca.db, ca.keys elsewhere -Recurse
$PSDefaultParameterValues['*-Ca*:StorePath'] = 'elsewhere/ca.db'
'ftp01.example.com', 'ftp02.example.com' | ForEach-Object { New-Leaf Issuing $_ } | Export-CaCertificate -Directory issued-elsewhere
Remove-Item elsewhere -Recurse

# Authorities made elsewhere: by hand, by openssl ca, by easy-rsa and by django-ca.
$PSDefaultParameterValues['*-Ca*:StorePath'] = 'elsewhere/ca.db'
$old = New-CaAuthority 'Old CA'
New-Leaf 'Old CA' www.example.org | Export-CaCertificate -Path downloaded.pem
$old | Export-CaAuthority -Path old-ca.pem
Copy-Item $old.KeyFile old-ca.key
$pair = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile("$PWD/old-ca.pem", "$PWD/old-ca.key")
[System.IO.File]::WriteAllBytes("$PWD/old-ca.p12", $pair.Export('Pfx', $password))

foreach ($place in @(
        @{ Name = 'Demo CA'; Certificate = 'demoCA/cacert.pem'; Key = 'demoCA/private/cakey.pem'; Issued = 'demoCA/newcerts'; Index = 'demoCA/index.txt' }
        @{ Name = 'Easy CA'; Certificate = 'pki/ca.crt'; Key = 'pki/private/ca.key'; Issued = 'pki/certs_by_serial'; Index = 'pki/index.txt' })) {
    $authority = New-CaAuthority $place.Name
    $null = New-Leaf $place.Name app01.example.com
    New-Leaf $place.Name app02.example.com | Revoke-CaCertificate
    $null = New-Item $place.Issued, (Split-Path $place.Key) -ItemType Directory -Force
    $authority | Export-CaAuthority -Path $place.Certificate
    Copy-Item $authority.KeyFile $place.Key
    $null = Export-CaOcspIndex $place.Name -Path $place.Index
    Get-CaCertificate -Authority $place.Name -Revoked | ForEach-Object { $_ | Export-CaCertificate -Path "$($place.Issued)/$($_.SerialNumber -replace ':').pem" -Force }
    Get-CaCertificate -Authority $place.Name | ForEach-Object { $_ | Export-CaCertificate -Path "$($place.Issued)/$($_.SerialNumber -replace ':').pem" -Force }
}

Set-Content demoCA/crlnumber 05
$django = New-CaAuthority 'Django CA'
$leaf = New-Leaf 'Django CA' wiki.example.com
$null = New-Item django-ca-files -ItemType Directory
Copy-Item $django.KeyFile django-ca-files/django.key
ConvertTo-Json -Depth 5 @(
    @{ model = 'django_ca.certificateauthority'; pk = 1; fields = @{
            created = '2026-01-02T03:04:05Z'; pub = $django.ToPem(); cn = 'Django CA'; name = 'Django CA'; enabled = $true; parent = $null
            private_key_path = '/var/lib/django-ca/django.key'; crl_url = ''; issuer_url = $null; ocsp_url = $null; issuer_alt_name = $null } }
    @{ model = 'django_ca.watcher'; pk = 7; fields = @{ name = 'Ann Example'; mail = 'ann@example.com' } }
    @{ model = 'django_ca.certificate'; pk = 1; fields = @{
            created = '2026-01-02T03:04:05Z'; pub = $leaf.ToPem(); cn = 'wiki.example.com'; ca = 1; revoked = $false; revoked_date = $null
            revoked_reason = ''; watchers = @(7) } }) | Set-Content django-ca.json
$PSDefaultParameterValues.Remove('*-Ca*:StorePath')
Remove-Item elsewhere -Recurse
Remove-Item *.example.com.key, *.example.org.key

# The mail server that is listening, and a backup of it all.
Set-CaSetting MailServer 127.0.0.1
Set-CaSetting MailPort $mailPort
Set-CaSetting MailSecurity None
Set-CaSetting MailSender 'Example CA <ca@example.com>'
$null = Backup-CaStore ca.backup.zip -IncludeKey -Password $password
