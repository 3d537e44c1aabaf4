using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class KeyTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_does_what_a_sorted_dictionary_does(int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        var expected = new SortedDictionary<byte[], byte[]>(KeyOrder.Instance);
        for (int round = 0; round < 12; round++)
        {
            temporary.Store.Write(unit =>
            {
                KeyTree tree = unit.Tree("tree");
                for (int i = 0; i < 400; i++)
                {
                    // In the midst of changes too, for keys that are there and for others.
                    if (i % 150 == seed) tree.ReadAhead([.. expected.Keys.Where(_ => random.Next(4) == 0), .. Enumerable.Range(0, 500).Select(_ => RandomKey(random))]);
                    Act(tree, expected, random);
                }

                tree.Flush();
            });
        }

        temporary.Store.Read(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            Assert.Equal(expected.Count, tree.CountAll());
            Assert.Equal(expected.Select(entry => Convert.ToHexString(entry.Key) + Convert.ToHexString(entry.Value)), tree.Range([], [255, 255, 255]).Select(entry => Convert.ToHexString(entry.Key) + Convert.ToHexString(entry.Value)));
            byte[] from = [100], to = [180, 3];
            Assert.Equal(expected.Keys.Count(key => KeyOrder.Instance.Compare(key, from) >= 0 && KeyOrder.Instance.Compare(key, to) < 0), tree.Range(from, to).Count());
            Assert.All(expected, entry => Assert.Equal(entry.Value, tree.Find(entry.Key)));
            return true;
        });
    }

    [Fact]
    public void Keys_in_order_fill_their_blocks()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            for (int i = 0; i < 5000; i++) Assert.True(tree.TryInsert(SequenceNumber.ToKey(i), new byte[9]));
            Assert.False(tree.TryInsert(SequenceNumber.ToKey(17), []));
            tree.Flush();
        });
        // 5000 entries of 20 octets in blocks of 8000.
        Assert.Equal(13, temporary.Store.Read(unit => unit.Tree("tree").CountBlocks([], SequenceNumber.ToKey(5000))));
    }

    [Fact]
    public void A_range_of_many_blocks_is_read_in_parts_that_leave_nothing_out()
    {
        const int count = 12_000;
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            foreach (int i in Enumerable.Range(0, count)) tree.Insert(SequenceNumber.ToKey(i), new byte[250]);
            tree.Flush();
        });
        temporary.Store.Read(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            byte[] from = SequenceNumber.ToKey(17), to = SequenceNumber.ToKey(count - 17);
            Assert.Equal(400, tree.CountBlocks(from, to));
            Assert.Equal(Enumerable.Range(17, count - 34).Select(i => (long)i), tree.Range(from, to).Select(entry => SequenceNumber.Read(entry.Key)));
            Assert.Equal(count - 34, tree.Count(from, to));
            return true;
        });
    }

    /// <summary>Keys that lie apart, and such as have many of them in each block.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    public void What_is_read_ahead_is_what_there_is(int apart)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            for (int i = 0; i < 9000; i += 3) tree.Insert(SequenceNumber.ToKey(i), new byte[200]);
            tree.Flush();
        });
        temporary.Store.Write(unit =>
        {
            KeyTree tree = unit.Tree("tree");
            tree.ReadAhead(Enumerable.Range(0, 10_000).Where(i => i % apart == 0 && i / 1000 != 4).Select(i => SequenceNumber.ToKey(i)));
            for (int i = 1; i < 10_000; i += 3) tree.Insert(SequenceNumber.ToKey(i), [1]);
            for (int i = 0; i < 10_000; i++) Assert.Equal(i % 3 == 1 || (i % 3 == 0 && i < 9000), tree.Find(SequenceNumber.ToKey(i)) is not null);
            tree.Flush();
        });
        Assert.Equal(6333, temporary.Store.Read(unit => unit.Tree("tree").CountAll()));
    }

    private static void Act(KeyTree tree, SortedDictionary<byte[], byte[]> expected, Random random)
    {
        byte[] key = RandomKey(random);
        if (random.Next(3) == 0 && expected.Count > 0)
        {
            byte[] there = random.Next(5) == 0 ? key : expected.Keys.First(candidate => candidate[0] >= key[0] || candidate == expected.Keys.Last());
            Assert.Equal(expected.Remove(there), tree.Remove(there));
            return;
        }

        var value = new byte[random.Next(0, 250)];
        random.NextBytes(value);
        Assert.Equal(expected.TryAdd(key, value), tree.TryInsert(key, value));
        Assert.NotNull(tree.Find(key));
    }

    private static byte[] RandomKey(Random random)
    {
        var key = new byte[random.Next(1, 60)];
        random.NextBytes(key);
        return key;
    }
}
