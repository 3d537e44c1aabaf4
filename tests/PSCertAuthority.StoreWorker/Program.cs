using System;
using System.Globalization;
using System.IO;
using System.Threading;
using PSCertAuthority.Soak;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Storage;

// insert <store> <first> <count>: one unit a certificate. keys <store> <first>: the same with a key file each, until killed.
// soak <seconds>: the soak, with "soak-worker" its processes. hold <store>: keeps the store until killed. What is printed was acknowledged.
if (args[0] == "soak")
{
    try
    {
        return SoakRun.Run(TimeSpan.FromSeconds(int.Parse(args[1], CultureInfo.InvariantCulture)), Console.Out);
    }
    catch (Exception e)
    {
        // Whoever started it reads this alone.
        Console.Out.WriteLine(e);
        return 2;
    }
}

if (args[0] == "soak-worker")
{
    using var worker = new SoakWorker(args[1], args[2], args[3] == "moving");
    worker.Run();
}

// On a busy machine a process may wait for long while others hold the store.
var store = new CaStore(args[1], lockTimeout: TimeSpan.FromMinutes(5));
switch (args[0])
{
    case "insert":
        Insert(int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture), withKey: false);
        break;
    case "keys":
        Insert(int.Parse(args[2], CultureInfo.InvariantCulture), int.MaxValue, withKey: true);
        break;
    default:
        store.Write(_ =>
        {
            Console.WriteLine("holding");
            Thread.Sleep(Timeout.Infinite);
        });
        break;
}

return 0;

void Insert(int first, int count, bool withKey)
{
    for (int i = 0; i < count; i++)
    {
        string serial = Samples.Serial(first + i);
        store.Write(unit =>
        {
            if (withKey) unit.StageFile(Path.Combine(unit.KeyDirectory, serial + ".key"), new byte[500], overwrite: false);
            unit.Certificates.InsertMany([Samples.Certificate(serial)]);
        });
        Console.WriteLine(serial);
    }
}
