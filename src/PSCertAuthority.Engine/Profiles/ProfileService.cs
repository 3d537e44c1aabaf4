using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Profiles;

/// <summary>Lists and changes the profiles of a store.</summary>
public sealed class ProfileService
{
    private readonly CaStore _store;

    internal ProfileService(CaStore store) => _store = store;

    /// <summary>All profiles: the built-in ones first, then the others by name.</summary>
    public IReadOnlyList<CertificateProfile> List() => _store.Read(unit => unit.Profiles.Read().All);

    /// <summary>The profile that is named.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotFound</c> or <c>ProfileOfOtherStore</c>.</exception>
    public CertificateProfile Get(ProfileIdentity identity) => _store.Read(unit => Find(unit, identity));

    /// <summary>The name of the profile that is named: of an object, after a look whether it is that profile still.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotFound</c> or <c>ProfileOfOtherStore</c>.</exception>
    public string NameOf(ProfileIdentity identity) => identity.StorePath is null && identity.Id is null ? identity.Name : Get(identity).Name;

    /// <summary>Adds a profile. The name of a built-in one that was removed is free.</summary>
    /// <exception cref="CaProfileException"><c>ProfileExists</c>, <c>ProfileInvalid</c> or <c>ExtendedKeyUsageUnknown</c>; nothing has changed.</exception>
    public CertificateProfile Create(CertificateProfile profile)
    {
        CertificateProfile added = ProfileValidation.Check(profile);
        return _store.Write(unit => unit.Profiles.Read().TryFind(added.Name) is null
            ? Write(unit, added, "new")
            : throw CaProfileException.Exists(added.Name));
    }

    /// <summary>Changes a profile; certificates that were issued under it stay as they are.</summary>
    /// <param name="identity">The profile.</param>
    /// <param name="change">From the profile as it is to what it shall be; the name stays.</param>
    /// <exception cref="CaProfileException"><c>ProfileNotFound</c>, <c>ProfileOfOtherStore</c>, <c>ProfileInvalid</c> or <c>ProfileIsDefault</c>; nothing has changed.</exception>
    public CertificateProfile Set(ProfileIdentity identity, Func<CertificateProfile, CertificateProfile> change) => _store.Write(unit =>
    {
        CertificateProfile before = Find(unit, identity);
        CertificateProfile after = ProfileValidation.Check(change(before) with { Name = before.Name });
        if (before.Enabled && !after.Enabled)
            RequireNotDefault(unit, before);
        return Write(unit, after, before.Enabled == after.Enabled ? "changed" : after.Enabled ? "enabled" : "disabled");
    });

    /// <summary>Gives a built-in profile its original values back, also after it was removed.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotBuiltIn</c> or <c>ProfileOfOtherStore</c>.</exception>
    public CertificateProfile Restore(ProfileIdentity identity)
    {
        CertificateProfile original = FindBuiltIn(identity);
        return _store.Write(unit =>
        {
            RequireHere(unit, identity);
            unit.Profiles.Restore(original.Name);
            unit.Record(AuditAct.ProfileChanged, original.Name, "restored");
            return unit.Profiles.Find(original.Name);
        });
    }

    /// <summary>Checks that a profile can be restored: it is one of this store, and built in.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotBuiltIn</c> or <c>ProfileOfOtherStore</c>.</exception>
    public void RequireBuiltIn(ProfileIdentity identity)
    {
        _ = FindBuiltIn(identity);
        _ = _store.Read(unit =>
        {
            RequireHere(unit, identity);
            return true;
        });
    }

    private static CertificateProfile FindBuiltIn(ProfileIdentity identity) => BuiltInProfiles.Find(identity.Name) ?? throw CaProfileException.NotBuiltIn(identity.Name);

    /// <summary>Removes a profile; certificates that were issued under it stay as they are.</summary>
    /// <exception cref="CaProfileException"><c>ProfileNotFound</c>, <c>ProfileOfOtherStore</c> or <c>ProfileIsDefault</c>; nothing has changed.</exception>
    public void Remove(ProfileIdentity identity) => _store.Write(unit =>
    {
        CertificateProfile profile = Find(unit, identity);
        RequireNotDefault(unit, profile);
        unit.Profiles.Remove(profile);
        unit.Record(AuditAct.ProfileRemoved, profile.Name);
    });

    /// <summary>Profiles as the JSON text of a file, in UTF-8.</summary>
    public static byte[] Encode(IEnumerable<CertificateProfile> profiles) => ProfileFile.Encode(profiles);

    /// <summary>Reads a file of profiles, and changes nothing.</summary>
    /// <exception cref="CaProfileException"><c>ProfileFileInvalid</c>.</exception>
    public static IReadOnlyList<CertificateProfile> ReadFile(string path)
    {
        try
        {
            return ProfileFile.Decode(path, ReadText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaProfileException.FileInvalid(path, e.Message, e);
        }
    }

    private static string ReadText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(InputFile.Read(path, InputFile.LargestObject), writable: false));
        return reader.ReadToEnd();
    }

    /// <summary>Adds profiles and replaces those of the same names: all of them, or none.</summary>
    /// <exception cref="CaProfileException">The default profile would be disabled; nothing has changed.</exception>
    public IReadOnlyList<CertificateProfile> Import(IReadOnlyList<CertificateProfile> profiles) => _store.Write(unit =>
    {
        foreach (CertificateProfile profile in profiles.Where(profile => !profile.Enabled))
            RequireNotDefault(unit, profile);
        foreach (CertificateProfile profile in profiles)
            Write(unit, profile, "imported");
        StoredProfiles stored = unit.Profiles.Read();
        return profiles.Select(profile => stored.Find(profile.Name)).ToList();
    });

    /// <summary>An object never stands for another profile that has its name now.</summary>
    private static CertificateProfile Find(StoreUnit unit, ProfileIdentity identity)
    {
        RequireHere(unit, identity);
        CertificateProfile found = unit.Profiles.Find(identity.Name);
        return identity.Id is { } id && found.Id != id ? throw CaProfileException.Gone(identity.Name) : found;
    }

    private static void RequireHere(StoreUnit unit, ProfileIdentity identity)
    {
        if (!unit.IsAt(identity.StorePath))
            throw CaProfileException.OfOtherStore(identity.Name);
    }

    private static CertificateProfile Write(StoreUnit unit, CertificateProfile profile, string detail)
    {
        unit.Profiles.Write(profile);
        unit.Record(AuditAct.ProfileChanged, profile.Name, detail);
        return unit.Profiles.Find(profile.Name);
    }

    private static void RequireNotDefault(StoreUnit unit, CertificateProfile profile)
    {
        if (string.Equals(unit.Settings.Read().DefaultProfile, profile.Name, StringComparison.OrdinalIgnoreCase))
            throw CaProfileException.IsDefault(profile.Name);
    }
}
