using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>What all commands on a store have in common.</summary>
public abstract class CaCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly StoreSelection _stores;
    private bool? _isAsked;
    private (CaEngine Engine, AuthorityIdentity? Authority, ProfileIdentity? Profile)? _required;

    private protected CaCommand() => _stores = new StoreSelection(this);

    /// <summary>The store's file. Without it, the store of the objects that are given counts, then the environment variable PSCA_STORE, then the account's own store.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <summary>How long to wait for other processes that hold the store; 30 seconds.</summary>
    [Parameter(DontShow = true)]
    [DurationArgument]
    public TimeSpan? LockWait { get; set; }

    /// <summary>The engine over that store: within <see cref="ForItem"/>, over that of the item.</summary>
    protected CaEngine Engine => _stores.Engine;

    /// <summary>What the command needs of the store; looked at when it first uses the engine.</summary>
    private protected virtual StorePresence Presence => StorePresence.Required;

    /// <summary>Set when the user interrupts.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Lets go of what the command holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the command holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _cancellation.Dispose();
    }

    /// <summary>Notes which store was given, and refuses parameters that were given as $null.</summary>
    protected override void BeginProcessing()
    {
        _stores.Begin(StorePath);
        BoundArguments.RequireValues(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Prepares for all items; a failure ends the command.</summary>
    protected void ForAll(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (CaException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, target));
        }
    }

    /// <summary>Does one item's work; a failure becomes an error of that item, and the pipeline goes on.</summary>
    protected void ForItem(object? item, Action work)
    {
        try
        {
            _stores.Select(item);
            work();
        }
        catch (CaException e)
        {
            WriteError(NameHint.Add(this, ErrorRecords.From(e, item)));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException))
        {
            // What PowerShell throws is of the pipeline, or of a cmdlet further down; anything else is a fault of ours, and of this item alone.
            WriteError(ErrorRecords.From(CaInternalException.From(e), item));
        }
    }

    /// <summary>Ends the command with an error. With -ErrorAction Stop it ends the script, too, which PowerShell itself does for the errors of items alone.</summary>
    internal new void ThrowTerminatingError(ErrorRecord error)
    {
        if (Preference.StopsAtErrors(this))
            WriteError(error);
        base.ThrowTerminatingError(error);
    }

    /// <summary>Whether the user reads or is asked what would be done; found out once, and not for each object of a pipeline.</summary>
    private protected bool IsAsked => _isAsked ??= Preference.IsWhatIf(this) || Preference.IsConfirm(this);

    /// <summary>Looks for what is given beside the item, before somebody reads that it would be worked with; without -WhatIf and -Confirm the work itself looks for it.</summary>
    /// <exception cref="CaException">An authority or the profile is not there, or the store is missing.</exception>
    private protected void RequireBeforeAsking(AuthorityIdentity? authority, ProfileIdentity? profile)
    {
        if (!IsAsked || (_required == (Engine, authority, profile)))
            return;
        if (authority is not null)
            _ = Engine.Authorities.Get(authority);
        if (profile is not null)
            _ = Engine.Profiles.Get(profile);
        _required = (Engine, authority, profile);
    }

    /// <summary>Asks whether to go on, where -Confirm or the session wants that.</summary>
    private protected new bool ShouldProcess(string target, string action) => Ask(() => base.ShouldProcess(target, action), "-Confirm:$false");

    /// <summary>Asks whether to go on with what cannot be undone.</summary>
    private protected new bool ShouldContinue(string query, string caption) => Ask(() => base.ShouldContinue(query, caption), "-Force");

    /// <summary>Where nobody can be asked the host throws, each in its own way.</summary>
    private bool Ask(Func<bool> question, string instead)
    {
        try
        {
            return question();
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException) || (e is HostException and not PromptingException))
        {
            ThrowTerminatingError(ErrorRecords.PromptNotPossible(e, instead));
            throw;
        }
    }

    /// <summary>A path of the file system, which need not exist; wildcards are taken to the letter.</summary>
    /// <exception cref="CaException"><c>PathInvalid</c> or <c>NotFileSystemPath</c>.</exception>
    protected string ResolveOutputPath(string path)
    {
        PathException.RequirePossible(path);
        // On Unix such a path is of the file system wherever one is. PowerShell looks through the list of mounts for each, which takes longer than reading the file.
        if (Path.DirectorySeparatorChar == '/' && path.StartsWith("/", StringComparison.Ordinal))
            return Path.GetFullPath(path);
        try
        {
            string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw PathException.NotFileSystem(path);
        }
        catch (SessionStateException e)
        {
            // A drive or provider that there is none of.
            throw PathException.NotFileSystem(path, e);
        }
    }

    /// <summary>The file that a path names, taken to the letter; a missing one is an error of that item.</summary>
    protected Collection<string> ResolveInputPath(string path)
    {
        try
        {
            string resolved = ResolveOutputPath(path);
            if (File.Exists(resolved) || Directory.Exists(resolved))
                return [resolved];
            WriteError(ErrorRecords.PathNotFound(path));
        }
        catch (PathException e)
        {
            WriteError(ErrorRecords.From(e, path));
        }

        return [];
    }

    /// <summary>The files that a path with wildcards names; none is an error of that item. A file of that very name goes before the pattern.</summary>
    protected Collection<string> ResolveInputPaths(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return ResolveInputPath(path);
        try
        {
            if (File.Exists(ResolveOutputPath(path)))
                return ResolveInputPath(path);
            Collection<string> resolved = GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (provider.Name == "FileSystem")
            {
                if (resolved.Count == 0)
                    WriteError(ErrorRecords.PathNotFound(path));
                return resolved;
            }

            WriteError(ErrorRecords.From(PathException.NotFileSystem(path), path));
        }
        catch (PathException e)
        {
            WriteError(ErrorRecords.From(e, path));
        }
        catch (ItemNotFoundException)
        {
            WriteError(ErrorRecords.PathNotFound(path));
        }

        return [];
    }

    /// <summary>Begins issuing; a failing request ends it where the user wants to stop at the first error.</summary>
    private protected IssuancePipeline BeginIssuance(CaEngine engine) => engine.BeginIssuance(Preference.StopsAtErrors(this) ? FailurePolicy.Stop : FailurePolicy.Continue, Cancellation);

    /// <summary>The name of a profile that is given beside the item; null where none is.</summary>
    private protected string? NameOf(ProfileIdentity? profile) => profile is null ? null : Engine.Profiles.NameOf(profile);

    /// <summary>Whether the store has an authority of that name that an issuer of this store can revoke.</summary>
    internal bool HasRevocableAuthority(string name) => Engine.Authorities.List().Any(authority => authority.Parent is not null && string.Equals(authority.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The engine over the store at a path; null is the default one.</summary>
    /// <exception cref="CaException">It is missing, where the command needs it.</exception>
    internal CaEngine OpenStore(string? storePath)
    {
        string path = StoreLocation.Resolve(storePath is null ? null : ResolveOutputPath(storePath));
        WriteVerbose($"Working on the store '{path}'.");
        var engine = new CaEngine(path, LockWait);
        if (Presence == StorePresence.Required)
            engine.RequireStore();
        else if (Presence == StorePresence.MayBeNew)
            engine.RequireStoreOrNone();
        return engine;
    }
}
