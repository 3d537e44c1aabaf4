# The DSC resources of the module: classes, because DSC finds them by reading this file. They bind and compare; the cmdlets do the work.

enum CaEnsure {
    Absent
    Present
}

# What the resources have in common: the store, and how a file is written and owned.
class CaResource {
    # Only what was given is passed on, so that the defaults of the cmdlets hold.
    hidden [hashtable] Given([string[]]$Names) {
        $given = @{}
        foreach ($name in $Names) {
            $value = $this.$name
            if ($value -is [pscredential]) { $value = $value.Password }
            if ($null -ne $value -and "$value" -ne '' -and -not ($value -is [int] -and $value -eq 0)) { $given[$name] = $value }
        }
        if ($this.StorePath) { $given.StorePath = $this.StorePath }
        $given.ErrorAction = 'Stop'
        $given.Confirm = $false
        return $given
    }

    hidden [hashtable] Store() {
        $store = @{ ErrorAction = 'Stop' }
        if ($this.StorePath) { $store.StorePath = $this.StorePath }
        return $store
    }

    hidden [object] FindAuthority([string]$Name) {
        $store = $this.Store()
        try { return PSCertAuthority\Get-CaAuthority @store | Where-Object Name -EQ $Name }
        catch {
            # Before the first authority there is no store.
            if ($_.FullyQualifiedErrorId -like 'StoreMissing,*') { return $null }
            throw
        }
    }

    # Not static: static methods run in the session that defined the class first, which may be gone.
    hidden [bool] SameText([string[]]$Wanted, [object]$Present) {
        return (@($Wanted) -join "`n") -eq (@($Present | ForEach-Object { "$_" }) -join "`n")
    }

    # Files are text: line ends do not count.
    hidden [bool] Holds([string]$Path, [string[]]$Text) {
        return [IO.File]::Exists($Path) -and [IO.File]::ReadAllText($Path).Replace("`r", '').Trim() -eq ($Text -join "`n").Replace("`r", '').Trim()
    }
}

<#
An authority with what it writes into certificates. Its key, subject and constraints are made once and stay: a configuration that names others
does not replace an authority. There is no Absent: what an authority issued goes on to be trusted; Remove-CaAuthority is a decision of a person.
#>
[DscResource()]
class CaAuthority : CaResource {
    [DscProperty(Key)] [string]$Name
    [DscProperty()] [string]$StorePath
    [DscProperty()] [string]$Subject
    [DscProperty()] [string]$Parent
    [DscProperty()] [pscredential]$ParentPassword
    [DscProperty()] [pscredential]$Password
    [DscProperty()] [string]$KeyType
    [DscProperty()] [int]$KeySize
    [DscProperty()] [string]$DigestAlgorithm
    [DscProperty()] [int]$ValidDays
    # How many authorities may follow below it; -1 for any number.
    [DscProperty()] [int]$PathLength
    [DscProperty()] [string[]]$PermittedName
    [DscProperty()] [string[]]$ExcludedName
    [DscProperty()] [string[]]$CrlUrl
    [DscProperty()] [string[]]$DeltaCrlUrl
    [DscProperty()] [string[]]$OcspUrl
    [DscProperty()] [string[]]$IssuerUrl
    [DscProperty()] [string[]]$IssuerAlternativeName
    [DscProperty()] [bool]$Enabled = $true
    # A file for its certificate, PEM, for those who shall trust it.
    [DscProperty()] [string]$CertificatePath
    [DscProperty(NotConfigurable)] [string]$SerialNumber
    [DscProperty(NotConfigurable)] [string]$Status
    [DscProperty(NotConfigurable)] [datetime]$NotAfter
    [DscProperty(NotConfigurable)] [bool]$HasPrivateKey

    [CaAuthority] Get() {
        $found = $this.FindAuthority($this.Name)
        $state = [CaAuthority]@{ Name = $this.Name; StorePath = $this.StorePath; CertificatePath = $this.CertificatePath }
        if ($found) {
            foreach ($property in 'Subject', 'Parent', 'KeyType', 'KeySize', 'DigestAlgorithm', 'CrlUrl', 'DeltaCrlUrl', 'OcspUrl', 'IssuerUrl', 'IssuerAlternativeName',
                'Enabled', 'SerialNumber', 'Status', 'NotAfter', 'HasPrivateKey') { $state.$property = $found.$property }
            $state.PathLength = if ($null -eq $found.PathLength) { -1 } else { $found.PathLength }
        }
        return $state
    }

    [bool] Test() {
        $found = $this.FindAuthority($this.Name)
        return $null -ne $found -and -not $this.Drift($found).Count -and (-not $this.CertificatePath -or $this.Holds($this.CertificatePath, $found.ToPem()))
    }

    [void] Set() {
        $found = $this.FindAuthority($this.Name)
        if (-not $found) {
            $new = $this.Given(@('Name', 'Subject', 'Parent', 'ParentPassword', 'Password', 'KeyType', 'KeySize', 'DigestAlgorithm', 'ValidDays', 'PermittedName',
                    'ExcludedName', 'CrlUrl', 'DeltaCrlUrl', 'OcspUrl', 'IssuerUrl', 'IssuerAlternativeName'))
            if ($this.PathLength -lt 0) { $new.NoPathLengthLimit = $true } else { $new.PathLength = $this.PathLength }
            $found = PSCertAuthority\New-CaAuthority @new
        }
        $drift = $this.Drift($found)
        if ($drift.Count) {
            $store = $this.Store()
            $found = PSCertAuthority\Set-CaAuthority $this.Name @drift @store -PassThru -Confirm:$false
        }
        if ($this.CertificatePath -and -not $this.Holds($this.CertificatePath, $found.ToPem())) {
            $store = $this.Store()
            PSCertAuthority\Export-CaAuthority $this.Name -Path $this.CertificatePath -Force @store -Confirm:$false
        }
    }

    # What Set-CaAuthority has to change; an empty list that was given removes.
    hidden [hashtable] Drift([object]$found) {
        $drift = @{}
        foreach ($property in 'CrlUrl', 'DeltaCrlUrl', 'OcspUrl', 'IssuerUrl', 'IssuerAlternativeName') {
            if ($null -ne $this.$property -and -not $this.SameText($this.$property, $found.$property)) { $drift[$property] = $this.$property }
        }
        if ($found.Enabled -ne $this.Enabled) { $drift.Enabled = $this.Enabled }
        return $drift
    }
}

<#
A certificate with its key in files, issued and renewed here. The file at Path says which certificate it is. It is renewed RenewDaysBefore its end,
and issued anew when it was revoked, replaced, or does not have the names that are wanted. Absent revokes it and removes the files.
#>
[DscResource()]
class CaCertificate : CaResource {
    # The certificate, PEM; with IncludeChain its issuers behind it, without the root, as nginx reads it.
    [DscProperty(Key)] [string]$Path
    [DscProperty(Mandatory)] [string]$Authority
    [DscProperty()] [CaEnsure]$Ensure = [CaEnsure]::Present
    [DscProperty()] [string]$StorePath
    [DscProperty()] [string]$KeyPath
    [DscProperty()] [bool]$IncludeChain
    # A file with the issuers, up to and with the root.
    [DscProperty()] [string]$ChainPath
    [DscProperty()] [string]$Subject
    [DscProperty()] [string[]]$SubjectAlternativeName
    [DscProperty()] [string]$Profile
    [DscProperty()] [string]$KeyType
    [DscProperty()] [int]$KeySize
    [DscProperty()] [int]$ValidDays
    [DscProperty()] [int]$RenewDaysBefore = 30
    # A renewal keeps the key; else each has a new one.
    [DscProperty()] [bool]$ReuseKey
    # The password of the authority's key.
    [DscProperty()] [pscredential]$Password
    [DscProperty()] [string[]]$Watcher
    # Who owns the files: an account, on Linux also account:group; on Windows it gets full control.
    [DscProperty()] [string]$Owner
    # Linux: the mode of the key, such as 0640 for a group; 0600 without it.
    [DscProperty()] [string]$KeyMode
    # Windows: accounts that may read the key too, such as that of a service.
    [DscProperty()] [string[]]$KeyReader
    [DscProperty()] [string]$RevocationReason = 'CessationOfOperation'
    [DscProperty(NotConfigurable)] [string]$SerialNumber
    [DscProperty(NotConfigurable)] [string]$Status
    [DscProperty(NotConfigurable)] [datetime]$NotAfter

    [CaCertificate] Get() {
        $found = $this.Find()
        $state = [CaCertificate]@{
            Path = $this.Path; Authority = $this.Authority; StorePath = $this.StorePath; KeyPath = $this.KeyPath; ChainPath = $this.ChainPath
            Ensure = if ($found) { [CaEnsure]::Present } else { [CaEnsure]::Absent }
        }
        if ($found) {
            foreach ($property in 'Subject', 'SubjectAlternativeName', 'Profile', 'KeyType', 'KeySize', 'SerialNumber', 'Status', 'NotAfter') { $state.$property = $found.$property }
            $state.Watcher = $found.Watchers
        }
        return $state
    }

    [bool] Test() {
        $found = $this.Find()
        if ($this.Ensure -eq [CaEnsure]::Absent) { return -not ($this.Files() | Where-Object { [IO.File]::Exists($_) }) }
        return $found -and $this.IsWanted($found) -and -not $this.IsDue($found) -and -not $this.Missing($found) -and $this.HasAccess()
    }

    [void] Set() {
        $found = $this.Find()
        if ($this.Ensure -eq [CaEnsure]::Absent) { $this.Remove($found); return }
        if ($refusal = $this.Refusal()) { throw $refusal }
        if (-not $this.KeyPath) { throw "The certificate '$($this.Path)' needs a KeyPath: the file for its key." }
        if (-not $found -or -not $this.IsWanted($found)) {
            $new = $this.Given(@('Authority', 'Subject', 'SubjectAlternativeName', 'Profile', 'KeyType', 'KeySize', 'ValidDays', 'KeyPath', 'Password', 'Watcher'))
            $found = PSCertAuthority\New-CaCertificate -GenerateKey -Force @new
        }
        elseif ($this.IsDue($found)) {
            $renew = if ($this.ReuseKey) { $this.Given(@('ValidDays', 'Password')) } else { $this.Given(@('ValidDays', 'Password', 'KeyType', 'KeySize', 'KeyPath')) }
            if (-not $this.ReuseKey) { $renew.GenerateKey = $true }
            $found = $found | PSCertAuthority\Update-CaCertificate @renew -Force
        }
        $this.Write($found)
        $this.GrantAccess()
    }

    # The certificate of the store that the file at Path holds; null where there is none.
    hidden [object] Find() {
        if (-not [IO.File]::Exists($this.Path)) { return $null }
        $store = $this.Store()
        try {
            $platform = [Security.Cryptography.X509Certificates.X509Certificate2]::new($this.Path)
            return PSCertAuthority\Get-CaCertificate $platform @store | Where-Object Sha1Fingerprint -EQ ($platform.Thumbprint -replace '(..)(?!$)', '$1:')
        }
        catch [Security.Cryptography.CryptographicException] { return $null }
        catch {
            if ($_.FullyQualifiedErrorId -match '^(CertificateNotFound|StoreMissing),') { return $null }
            throw
        }
    }

    hidden [string[]] Files() { return @($this.Path, $this.KeyPath, $this.ChainPath | Where-Object { $_ }) }

    hidden [bool] IsDue([object]$found) { return $found.NotAfter -lt [datetime]::Now.AddDays($this.RenewDaysBefore) }

    # Whether it still stands, has its key here, and was issued for the names that are wanted now.
    hidden [bool] IsWanted([object]$found) {
        if ($found.Status -ne 'Valid' -or $found.ReplacedBy -or -not $this.IsIssuer($found.Authority) -or -not [IO.File]::Exists($this.KeyPath)) { return $false }
        if ($this.Profile -and $found.Profile -ne $this.Profile) { return $false }
        if ($this.Subject -match '(?:^|[/,])\s*CN\s*=\s*"?([^/,"]+)' -and $found.CommonName -ne $Matches[1].Trim()) { return $false }
        $names = @($found.SubjectAlternativeName | ForEach-Object { "$_"; "$_" -replace '^\w+:' })
        return -not ($this.SubjectAlternativeName | Where-Object { $_ -notin $names })
    }

    # Whether the authority of that name is the wanted one, or had its place before a new key took it.
    hidden [bool] IsIssuer([string]$name) {
        $store = $this.Store()
        while ($name -and $name -ne $this.Authority) { $name = (PSCertAuthority\Get-CaAuthority $name @store).ReplacedBy }
        return [bool]$name
    }

    # Which files do not hold what they should.
    hidden [string[]] Missing([object]$found) {
        $missing = @()
        $store = $this.Store()
        if (-not $this.Holds($this.Path, ($found | PSCertAuthority\Export-CaCertificate -IncludeChain:$this.IncludeChain @store))) { $missing += $this.Path }
        if ($this.ChainPath -and -not $this.Holds($this.ChainPath, (PSCertAuthority\Export-CaAuthority $found.Authority -IncludeChain @store))) { $missing += $this.ChainPath }
        return $missing
    }

    hidden [void] Write([object]$found) {
        $store = $this.Store()
        $missing = $this.Missing($found)
        if ($this.Path -in $missing) { $found | PSCertAuthority\Export-CaCertificate -Path $this.Path -IncludeChain:$this.IncludeChain -Force @store -Confirm:$false }
        if ($this.ChainPath -in $missing) { PSCertAuthority\Export-CaAuthority $found.Authority -IncludeChain -Path $this.ChainPath -Force @store -Confirm:$false }
    }

    hidden [void] Remove([object]$found) {
        if ($found -and $found.Status -in 'Valid', 'Suspended') {
            $store = $this.Store()
            $found | PSCertAuthority\Revoke-CaCertificate -Reason $this.RevocationReason @store -Confirm:$false
        }
        foreach ($file in $this.Files()) { [IO.File]::Delete($file) }
    }

    hidden [bool] IsWindows() { return [Environment]::OSVersion.Platform -eq 'Win32NT' }

    hidden [bool] HasAccess() {
        if ($this.Refusal()) { return $false }
        if ($this.IsWindows()) {
            $rules = @([IO.FileInfo]::new($this.KeyPath) | Get-Acl).Access | Where-Object AccessControlType -EQ Allow
            $full = @($rules | Where-Object { ($_.FileSystemRights -band 'FullControl') -eq 'FullControl' } | ForEach-Object { $this.Bare($_.IdentityReference) })
            $read = @($rules | ForEach-Object { $this.Bare($_.IdentityReference) })
            return (-not $this.Owner -or $this.Bare($this.Owner) -in $full) -and -not ($this.KeyReader | Where-Object { $this.Bare($_) -notin $read })
        }
        return -not ($this.Files() | Where-Object { -not $this.HasAccessTo($_) })
    }

    hidden [bool] HasAccessTo([string]$file) {
        $user, $group, $mode = (& stat -c '%U:%G:%a' -- $file) -split ':'
        $wantedUser, $wantedGroup = $this.Owner -split ':'
        if (($wantedUser -and $user -ne $wantedUser) -or ($wantedGroup -and $group -ne $wantedGroup)) { return $false }
        return $file -ne $this.KeyPath -or [Convert]::ToInt32($mode, 8) -eq $this.Mode()
    }

    # Why a file is not touched; empty where nothing is wrong. Through a link or a second name, what follows would be done to a file elsewhere.
    hidden [string] Refusal() {
        foreach ($file in $this.Files()) {
            $found = [IO.FileInfo]::new($file)
            if ([int]$found.Attributes -ne -1 -and ($found.Attributes -band [IO.FileAttributes]::ReparsePoint)) { return "'$file' is a symbolic link, which is not followed. Remove it." }
            if ($this.IsWindows() -or -not $found.Exists) { continue }
            $links = (& stat -c '%h' -- $file)
            if ("$links" -ne '1') { return "'$file' has $links names (hard links), so that its owner and mode are those of another file too. Remove it." }
        }
        return ''
    }

    # Accounts are told apart by name alone: BUILTIN\Users and Users are the same.
    hidden [string] Bare([object]$Account) { return "$Account" -replace '^.*\\' }

    hidden [int] Mode() { if ($this.KeyMode) { return [Convert]::ToInt32($this.KeyMode, 8) } else { return [Convert]::ToInt32('600', 8) } }

    hidden [void] GrantAccess() {
        if ($this.HasAccess()) { return }
        if ($refusal = $this.Refusal()) { throw $refusal }
        if ($this.IsWindows()) {
            foreach ($file in $this.Files()) {
                $acl = Get-Acl -LiteralPath $file
                if ($this.Owner) { $acl.AddAccessRule([Security.AccessControl.FileSystemAccessRule]::new($this.Owner, 'FullControl', 'Allow')) }
                if ($file -eq $this.KeyPath) { foreach ($reader in $this.KeyReader) { $acl.AddAccessRule([Security.AccessControl.FileSystemAccessRule]::new($reader, 'Read', 'Allow')) } }
                Set-Acl -LiteralPath $file -AclObject $acl
            }
            return
        }
        foreach ($file in $this.Files()) { if (-not $this.HasAccessTo($file)) { $this.Replace($file) } }
    }

    # Owner and mode are given to an open file of another name, and then it takes the place. By their names, whoever may write in the folder
    # could have them given to any file: a link is put there in a moment.
    hidden [void] Replace([string]$file) {
        $temporary = "$file.$([guid]::NewGuid().ToString('N')).tmp"
        $from = [IO.File]::Open($file, 'Open', 'Read', 'Read')
        try {
            $opened = & stat -L -c '%d:%i:1:%f:%a' -- $this.Opened($from)
            if ($opened -ne (& stat -c '%d:%i:%h:%f:%a' -- $file)) { throw "'$file' was replaced by a link or another file while it was read. Look who may write in its folder." }
            $mode = if ($file -eq $this.KeyPath) { [Convert]::ToString($this.Mode(), 8) } else { $opened.Split(':')[-1] }
            $to = $this.NewFile($temporary)
            try {
                $from.CopyTo($to)
                $to.Flush($true)
                # The owner first: until the mode is set, nobody else can open it.
                if ($this.Owner) { $this.Run('chown', @($this.Owner, '--', $this.Opened($to))) }
                $this.Run('chmod', @($mode, '--', $this.Opened($to)))
            }
            finally { $to.Dispose() }
            [IO.File]::Move($temporary, $file, $true)
        }
        finally {
            $from.Dispose()
            [IO.File]::Delete($temporary)
        }
    }

    # A file that must not exist yet, of mode 0600. By its name, since Windows PowerShell does not have the type.
    hidden [IO.FileStream] NewFile([string]$path) {
        $options = [Activator]::CreateInstance([Type]::GetType('System.IO.FileStreamOptions'))
        $options.Mode = 'CreateNew'
        $options.Access = 'ReadWrite'
        $options.Share = 'None'
        $options.UnixCreateMode = 'UserRead, UserWrite'
        return [IO.FileStream]::new($path, $options)
    }

    # A path of an open file itself, wherever its name leads by now.
    hidden [string] Opened([IO.FileStream]$stream) { return "/proc/$([Diagnostics.Process]::GetCurrentProcess().Id)/fd/$($stream.SafeFileHandle.DangerousGetHandle())" }

    hidden [void] Run([string]$Command, [string[]]$Arguments) {
        $said = & $Command @Arguments 2>&1
        if ($LASTEXITCODE) { throw "'$Command $Arguments' failed: $said" }
    }
}

<#
The CRL of an authority in a file. It is made anew RenewHoursBefore it ends, when the file holds anything else, and when a certificate was revoked
after it. Those who serve the file read it as it is replaced: in one moment.
#>
[DscResource()]
class CaCrl : CaResource {
    [DscProperty(Key)] [string]$Path
    [DscProperty(Mandatory)] [string]$Authority
    [DscProperty()] [string]$StorePath
    [DscProperty()] [string]$Format = 'Pem'
    [DscProperty()] [bool]$Delta
    [DscProperty()] [int]$ExpiresInHours = 24
    [DscProperty()] [int]$RenewHoursBefore = 8
    # The password of the authority's key.
    [DscProperty()] [pscredential]$Password
    [DscProperty(NotConfigurable)] [long]$Number
    [DscProperty(NotConfigurable)] [datetime]$ThisUpdate
    [DscProperty(NotConfigurable)] [datetime]$NextUpdate
    [DscProperty(NotConfigurable)] [int]$EntryCount
    [DscProperty(NotConfigurable)] [string]$Problem

    [CaCrl] Get() {
        $state = [CaCrl]@{ Path = $this.Path; Authority = $this.Authority; StorePath = $this.StorePath; Format = $this.Format; Delta = $this.Delta }
        $found = $this.Find()
        if ($found) {
            foreach ($property in 'Number', 'ThisUpdate', 'NextUpdate', 'EntryCount', 'Problem') { if ($null -ne $found.$property) { $state.$property = $found.$property } }
        }
        return $state
    }

    [bool] Test() {
        $found = $this.Find()
        if (-not $found -or $found.Problem -or $found.IsDelta -ne $this.Delta -or $found.NextUpdate -lt [datetime]::Now.AddHours($this.RenewHoursBefore)) { return $false }
        if ($this.IsPem() -ne ($this.Format -eq 'Pem')) { return $false }
        $store = $this.Store()
        # Times in CRLs have no fractions of a second: what is close to its making must be looked up.
        $from = $found.ThisUpdate.AddSeconds(-2)
        $issuer = $this.Issuer()
        # The CRL of each key lists the revocations of all keys of the subject.
        foreach ($other in @(PSCertAuthority\Get-CaAuthority @store | Where-Object { "$($_.Subject)" -eq "$($issuer.Subject)" })) {
            if (PSCertAuthority\Get-CaCertificate -Authority $other -Status Revoked, Suspended @store | Where-Object RevokedAt -GE $from |
                    Where-Object { -not $found.Names($_.SerialNumber) }) { return $false }
        }
        return $true
    }

    [void] Set() {
        if ($this.Test()) { return }
        $export = $this.Given(@('Path', 'Format', 'Password'))
        PSCertAuthority\Export-CaCrl $this.Issuer() @export -Delta:$this.Delta -ExpiresIn ([timespan]::FromHours($this.ExpiresInHours)) -Force
    }

    hidden [object] Find() {
        $issuer = $this.Issuer()
        if (-not $issuer -or -not [IO.File]::Exists($this.Path)) { return $null }
        return $issuer.ReadCrl($this.Path)
    }

    # A file stays with the key that signed it: after Update-CaAuthority -NewKey, the certificates that name it are those of the old key.
    hidden [object] Issuer() {
        $store = $this.Store()
        $named = $this.FindAuthority($this.Authority)
        if (-not $named -or -not [IO.File]::Exists($this.Path)) { return $named }
        foreach ($other in @(PSCertAuthority\Get-CaAuthority @store | Where-Object { "$($_.Subject)" -eq "$($named.Subject)" -and $_.Name -ne $named.Name })) {
            if (-not $other.ReadCrl($this.Path).Problem) { return $other }
        }
        return $named
    }

    hidden [bool] IsPem() { return [IO.File]::ReadAllText($this.Path).Contains('-----BEGIN X509 CRL-----') }
}
