using System;
using System.IO;
using Org.BouncyCastle.Crypto;

namespace PSCertAuthority.Keys;

/// <summary>The seam through which everything that BouncyCastle builds is signed.</summary>
internal sealed class KeySignatureFactory(PrivateKey key, DigestAlgorithm digest) : ISignatureFactory
{
    public object AlgorithmDetails => SignatureAlgorithm.For(key.Specification, digest);

    public IStreamCalculator<IBlockResult> CreateCalculator() => new Calculator(key, digest);

    private sealed class Calculator(PrivateKey key, DigestAlgorithm digest) : IStreamCalculator<IBlockResult>, IDisposable
    {
        private readonly MemoryStream _content = new();

        public Stream Stream => _content;

        public IBlockResult GetResult() => new Signature(key.Sign(_content.ToArray(), digest));

        public void Dispose() => _content.Dispose();
    }

    private sealed class Signature(byte[] bytes) : IBlockResult
    {
        public byte[] Collect() => bytes;

        public int Collect(byte[] buf, int off)
        {
            bytes.CopyTo(buf, off);
            return bytes.Length;
        }

#if NET
        public int Collect(Span<byte> output)
        {
            bytes.CopyTo(output);
            return bytes.Length;
        }
#endif

        public int GetMaxResultLength() => bytes.Length;
    }
}
