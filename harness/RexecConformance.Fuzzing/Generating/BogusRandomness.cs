using Bogus;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>Lets Bogus choose by <see cref="Choices"/>: its own choices are those of System.Random, which may change with the framework.</summary>
internal sealed class BogusRandomness : Randomizer
{
    public BogusRandomness(Choices choices)
        : base(0) => localSeed = new Source(choices);

    private sealed class Source(Choices choices) : Random
    {
        public override int Next() => choices.Below(int.MaxValue);

        public override int Next(int maxValue) => maxValue <= 0 ? 0 : choices.Below(maxValue);

        public override int Next(int minValue, int maxValue)
        {
            long span = (long)maxValue - minValue;
            return span <= 0 ? minValue : (int)(minValue + (long)Math.BigMul(choices.Next(), (ulong)span, out _));
        }

        public override long NextInt64() => (long)(choices.Next() >> 1);

        public override long NextInt64(long maxValue) => maxValue <= 0 ? 0 : (long)Math.BigMul(choices.Next(), (ulong)maxValue, out _);

        public override long NextInt64(long minValue, long maxValue) => minValue + NextInt64(maxValue - minValue);

        public override double NextDouble() => (choices.Next() >> 11) * (1.0 / (1UL << 53));

        public override float NextSingle() => (choices.Next() >> 40) * (1.0f / (1U << 24));

        public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

        public override void NextBytes(Span<byte> buffer)
        {
            foreach (ref byte b in buffer)
            {
                b = (byte)choices.Next();
            }
        }

        protected override double Sample() => NextDouble();
    }
}
