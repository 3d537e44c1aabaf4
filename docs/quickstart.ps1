# A certificate authority from nothing: two authorities, three certificates, one of them revoked, and the CRLs.
# Run it with:  dotnet run --project src/PSCertAuthority.Shell -- docs/quickstart.ps1 [folder]     or in pwsh with the module imported.
param([string]$Folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "psca-quickstart-$PID"))

$ErrorActionPreference = 'Stop'
$null = [IO.Directory]::CreateDirectory($Folder)
$env:PSCA_STORE = "$Folder/ca.db"

# The root signs only the issuing authority, which signs everything else.
$root = New-CaAuthority -Name Root -Subject '/C=AT/O=Example/CN=Example Root' -PathLength 1
$issuing = $root | New-CaAuthority -Name Issuing -Subject '/C=AT/O=Example/CN=Example Issuing' -KeyType EC -CrlUrl http://pki.example.com/issuing.crl
Get-CaAuthority | Out-Host

# A request that OpenSSL made (its subject is only taken when asked for), one of our own, and a key made on the spot.
openssl req -new -newkey rsa:2048 -nodes -keyout "$Folder/web01.key" -out "$Folder/web01.csr" -subj /CN=web01.example.com 2>&1 | Out-Null
$web01 = New-CaCertificate -Path "$Folder/web01.csr" -Authority Issuing -UseRequestSubject -SubjectAlternativeName www.example.com
$web02 = New-CaCertificateRequest -Subject '/CN=web02.example.com' -KeyPath "$Folder/web02.key" | New-CaCertificate -Authority Issuing
$alice = New-CaCertificate -GenerateKey -KeyPath "$Folder/alice.key" -Authority Issuing -Profile enduser -Subject '/O=Example/CN=Alice' -ValidDays 365

$web02 | Revoke-CaCertificate -Reason KeyCompromise
Get-CaCertificate -Authority Issuing -Revoked | Out-Host

# What relying parties need: the chain, the certificates, and the CRL of every authority.
$root | Export-CaAuthority -Path "$Folder/root.pem" -Force
$issuing | Export-CaAuthority -Path "$Folder/issuing.pem" -Force
$web01, $web02, $alice | Export-CaCertificate -Directory $Folder -Force
Get-CaAuthority | Export-CaCrl -Directory $Folder -Force

$check = '-crl_check_all', '-x509_strict', '-CAfile', "$Folder/root.pem", '-untrusted', "$Folder/issuing.pem",
    '-CRLfile', "$Folder/Root.crl.pem", '-CRLfile', "$Folder/Issuing.crl.pem"
openssl verify @check "$Folder/web01.example.com.pem" 2>&1 | ForEach-Object { "$_" }
openssl verify @check "$Folder/web02.example.com.pem" 2>&1 | ForEach-Object { "$_" }
"Everything is in $Folder"
