using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>Makes cases: a pure function of the seed, the number and the world, on every machine and whoever asks (docs/fuzz-generator.md).</summary>
public sealed class Generator : IFuzzGenerator
{
    /// <summary>So often another case of the same family is tried where one is not safe for a real shell.</summary>
    private const int Attempts = 12;

    private readonly ulong _seed;
    private readonly Stock _stock;
    private readonly LimitWalk _walk;

    /// <summary>Makes the vocabulary, which takes a moment.</summary>
    /// <param name="seed">Any.</param>
    /// <param name="world">What cases are made of.</param>
    /// <exception cref="ArgumentException">The world has no account or the shell no operation.</exception>
    public Generator(ulong seed, GeneratorWorld world)
    {
        if (world.Accounts.Accounts.Count == 0 || world.Shell.Texts.Count == 0)
        {
            throw new ArgumentException("a world without accounts, or a shell without operations, makes no cases", nameof(world));
        }

        _seed = seed;
        _stock = new Stock(seed, world);
        _walk = new LimitWalk(_stock, world);
    }

    /// <inheritdoc/>
    public FuzzCase Create(long number)
    {
        if (number < _walk.Count && _walk.Create(number, _seed) is { } walked && (!_stock.Harmless || HarmlessCommands.Safe(walked, _stock, _stock.List)))
        {
            return walked;
        }

        var pick = new Choices(_seed, (ulong)number);
        Family family = Families.FamilyTable.Of(pick.Below(Families.FamilyTable.Whole));
        FuzzCase made = Make(pick, family, number);
        if (!_stock.Harmless)
        {
            return made;
        }

        for (int attempt = 1; !HarmlessCommands.Safe(made, _stock, _stock.List); attempt++)
        {
            // The last resort has nothing but texts that are on the list.
            made = Make(new Choices(_seed, (ulong)number, (ulong)attempt), attempt < Attempts ? family : Families.FamilyTable.Safest, number);
        }

        return made;
    }

    private FuzzCase Make(Choices pick, Family family, long number)
    {
        var origin = new CaseOrigin(_seed, number, family.Name);
        FuzzCase made = Make(pick, family, origin);
        if (family != Families.FamilyTable.Interleaved)
        {
            return made;
        }

        var companions = new FuzzCase[pick.From(1, 3)];
        for (int i = 0; i < companions.Length; i++)
        {
            companions[i] = Make(pick, Families.FamilyTable.OfCompanion(pick), origin);
        }

        return made with { Companions = companions };
    }

    private FuzzCase Make(Choices pick, Family family, CaseOrigin origin)
    {
        var draft = new Draft(_stock, pick);
        family.Make(draft);
        Finishing.Finish(draft);
        return new FuzzCase
        {
            Origin = origin,
            Send = draft.Steps,
            Fragments = draft.Fragments!,
            Aux = new AuxBehaviour(draft.Aux, draft.AuxAfter),
        };
    }
}
