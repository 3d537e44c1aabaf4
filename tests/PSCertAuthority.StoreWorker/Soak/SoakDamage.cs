using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Soak;

/// <summary>Damages copies of the store: each must answer rightly or not at all, and be restored from a backup.</summary>
internal sealed class SoakDamage(string folder, Random random)
{
    /// <summary>How many copies were damaged.</summary>
    public int Damaged { get; private set; }

    /// <summary>How many of them gave an error.</summary>
    public int Refused { get; private set; }

    /// <summary>How many were restored.</summary>
    public int Restored { get; private set; }

    /// <summary>Damages some copies of the store that nobody works with now; gives what went wrong, or null.</summary>
    public string? Try(int rounds)
    {
        string copy = Path.Combine(folder, "damage", "ca.db");
        string backup = Path.Combine(folder, "damage", "backup.zip");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var engine = new CaEngine(SoakFolder.Store(folder));
        engine.Care.Backup(backup, null, overwrite: true);
        string right = Answer(engine);
        for (int round = 0; round < rounds; round++)
        {
            File.Copy(SoakFolder.Store(folder), copy, overwrite: true);
            File.Delete(copy + ".journal");
            Damage(copy);
            Damaged++;
            var damaged = new CaEngine(copy);
            string? answer = TryAnswer(damaged);
            if (answer is not null && answer != right)
                return "a damaged store gave a wrong answer";
            if (answer is not null && TryTest(damaged))
                return "Test-CaStore passed a damaged store";
            Refused += answer is null ? 1 : 0;
            damaged.Care.Restore(backup, null, withKeys: false, overwrite: true);
            if (Answer(damaged) != right || !damaged.Care.Test().Passed)
                return "a restored store is not what was backed up";
            Restored++;
            foreach (string replaced in Directory.GetFiles(Path.GetDirectoryName(copy)!, "*.replaced-*"))
                File.Delete(replaced);
        }

        return null;
    }

    private void Damage(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (random.Next(3) == 0)
        {
            file.SetLength(random.NextInt64(file.Length));
            return;
        }

        for (int i = random.Next(1, 20); i > 0; i--)
        {
            file.Position = random.NextInt64(file.Length);
            int octet = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(octet ^ random.Next(1, 256)));
        }
    }

    private static string? TryAnswer(CaEngine engine)
    {
        try
        {
            return Answer(engine);
        }
        catch (CaStoreException)
        {
            return null;
        }
    }

    private static bool TryTest(CaEngine engine)
    {
        try
        {
            return engine.Care.Test().Passed;
        }
        catch (CaStoreException)
        {
            return false;
        }
    }

    private static string Answer(CaEngine engine) => string.Join(
        ' ', engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() }).Select(c => $"{c.SerialNumber} {c.Status} {c.Subject}").Order(StringComparer.Ordinal));
}
