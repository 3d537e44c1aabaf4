using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading;

namespace PSCertAuthority.Soak;

/// <summary>Lets eight processes work on one store, kills them at random, fills the disk, makes it read-only, moves the clock and damages copies.</summary>
internal sealed class SoakRun : IDisposable
{
    private readonly string _folder;
    private readonly TextWriter _output;
    private readonly SoakDisk _disk;
    private readonly Random _random = new();
    private readonly Process?[] _workers = new Process?[SoakWorker.Roles.Length];
    private readonly Dictionary<string, int> _faults = [];

    private SoakRun(string folder, TimeSpan duration, TextWriter output)
    {
        _folder = folder;
        _output = output;
        _disk = new SoakDisk(Path.Combine(folder, "disk"), megabytes: 200 + (int)(duration.TotalMinutes * 100));
    }

    /// <summary>Runs it and judges what is left.</summary>
    /// <returns>0 where nothing was lost.</returns>
    public static int Run(TimeSpan duration, TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("psca-soak-").FullName;
        int code;
        using (var run = new SoakRun(folder, duration, output))
        {
            SoakFolder.Prepare(folder);
            code = run.RunAll(duration);
        }

        if (code == 0)
            Directory.Delete(folder, recursive: true);
        else
            output.WriteLine($"  what was acknowledged is in {SoakFolder.Acts(folder)}");
        return code;
    }

    /// <summary>Ends the processes, and lets go of the disk.</summary>
    public void Dispose()
    {
        StopAll();
        _disk.Dispose();
    }

    private int RunAll(TimeSpan duration)
    {
        var damage = new SoakDamage(_folder, _random);
        var watch = Stopwatch.StartNew();
        TimeSpan phase = TimeSpan.FromSeconds(Math.Clamp(duration.TotalSeconds / 8, 4, 40));
        string? wrong = null;
        while (wrong is null && watch.Elapsed < duration)
        {
            Work(phase + phase, clockMoves: false);
            if (_disk.IsOwn)
            {
                Count("full disk");
                _disk.Fill(left: _random.Next(1 << 20));
                Work(phase, clockMoves: false);
                _disk.Empty();
                WorkReadOnly(phase);
            }

            Count("clock set back and forward");
            Work(phase, clockMoves: true);
            StopAll();
            wrong = damage.Try(rounds: 3);
        }

        StopAll();
        _faults["copies cut short or with flipped octets"] = damage.Damaged;
        return new SoakVerdict(_folder).Tell(_output, watch.Elapsed, _faults, damage, wrong);
    }

    private void WorkReadOnly(TimeSpan duration)
    {
        StopAll();
        if (!_disk.MakeReadOnly(true))
            return;
        Count("read-only disk");
        Work(duration, clockMoves: false);
        StopAll();
        _disk.MakeReadOnly(false);
    }

    private void Work(TimeSpan duration, bool clockMoves)
    {
        StopAll();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            for (int i = 0; i < _workers.Length; i++)
                _workers[i] ??= Start(SoakWorker.Roles[i], clockMoves);
            Thread.Sleep(_random.Next(150, 700));
            int victim = _random.Next(_workers.Length);
            Kill(victim);
            Count("SIGKILL");
        }
    }

    private Process Start(string role, bool clockMoves) => Process.Start(
        new ProcessStartInfo("dotnet", [Assembly.GetEntryAssembly()!.Location, "soak-worker", _folder, role, clockMoves ? "moving" : "steady"]))!;

    private void StopAll()
    {
        for (int i = 0; i < _workers.Length; i++)
            Kill(i);
    }

    private void Kill(int index)
    {
        if (_workers[index] is not { } worker)
            return;
        _workers[index] = null;
        using (worker)
        {
            worker.Kill();
            worker.WaitForExit();
        }
    }

    private void Count(string fault) => _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
}
