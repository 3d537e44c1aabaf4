# Who would be asked at a terminal: one password for everything, and one account.
function Read-Host {
    param([string]$Prompt, [switch]$AsSecureString, [switch]$MaskInput)
    $text = 'correct horse battery staple'
    if (-not $AsSecureString) { return $text }
    $secret = [securestring]::new()
    $text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
    $secret
}

function Get-Credential {
    param([string]$UserName = 'ca', [string]$Message)
    [pscredential]::new($UserName, (Read-Host -AsSecureString))
}
