using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Computes rows of a walk's step. Three maps at a time share each weight while it is in a register.</summary>
internal static class WalkRow<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // No product with a smaller state is worth a slow denormal number.
    private const float SmallestState = 1e-20f;

    /// <summary>Computes row <paramref name="y"/> of all maps. What a map gets does not depend on how many walk with it.</summary>
    public static void Run(WalkStencil stencil, in WalkStep step, int y, int maps)
    {
        int lanes = TLanes.Count;
        for (int map = 0; map < maps;)
        {
            int together = maps - map >= 3 ? 3 : 1;
            int first = map * stencil.StateLength + stencil.StateIndex(y);
            for (int x = 0; x < stencil.Columns; x += 2 * lanes)
                if (together == 3)
                    ThreeMaps(stencil, step, y, x, first + x);
                else
                    OneMap(stencil, step, y, x, first + x);
            map += together;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneMap(WalkStencil stencil, in WalkStep step, int y, int x, int at)
    {
        nuint lanes = (nuint)TLanes.Count;
        ref float weights = ref MemoryMarshal.GetArrayDataReference(stencil.Weights);
        ref float self = ref MemoryMarshal.GetArrayDataReference(stencil.SelfWeights);
        ref float state = ref MemoryMarshal.GetArrayDataReference(step.Current);
        int selfAt = stencil.StateIndex(y) + x;
        TVector a = TLanes.Multiply(TLanes.Load(ref self, (nuint)selfAt), TLanes.Load(ref state, (nuint)at));
        TVector b = TLanes.Multiply(TLanes.Load(ref self, (nuint)selfAt + lanes), TLanes.Load(ref state, (nuint)at + lanes));
        TVector c = TLanes.Create(0), d = c;
        int weight = stencil.WeightIndex(y, 0) + x;
        foreach (var (ahead, opposite) in stencil.Offsets)
        {
            nuint forward = (nuint)weight, backward = (nuint)(weight + opposite);
            nuint there = (nuint)(at + ahead), back = (nuint)(at - ahead);
            a = TLanes.MultiplyAdd(TLanes.Load(ref weights, forward), TLanes.Load(ref state, there), a);
            b = TLanes.MultiplyAdd(TLanes.Load(ref weights, forward + lanes), TLanes.Load(ref state, there + lanes), b);
            c = TLanes.MultiplyAdd(TLanes.Load(ref weights, backward), TLanes.Load(ref state, back), c);
            d = TLanes.MultiplyAdd(TLanes.Load(ref weights, backward + lanes), TLanes.Load(ref state, back + lanes), d);
            weight += stencil.Stride;
        }
        Store(step, at, TLanes.Add(a, c));
        Store(step, at + (int)lanes, TLanes.Add(b, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeMaps(WalkStencil stencil, in WalkStep step, int y, int x, int at)
    {
        nuint lanes = (nuint)TLanes.Count;
        nuint map = (nuint)stencil.StateLength;
        ref float weights = ref MemoryMarshal.GetArrayDataReference(stencil.Weights);
        ref float self = ref MemoryMarshal.GetArrayDataReference(stencil.SelfWeights);
        ref float state = ref MemoryMarshal.GetArrayDataReference(step.Current);
        int selfAt = stencil.StateIndex(y) + x;
        nuint here = (nuint)at;
        TVector w = TLanes.Load(ref self, (nuint)selfAt), v = TLanes.Load(ref self, (nuint)selfAt + lanes);
        TVector a0 = TLanes.Multiply(w, TLanes.Load(ref state, here)), b0 = TLanes.Multiply(v, TLanes.Load(ref state, here + lanes));
        here += map;
        TVector a1 = TLanes.Multiply(w, TLanes.Load(ref state, here)), b1 = TLanes.Multiply(v, TLanes.Load(ref state, here + lanes));
        here += map;
        TVector a2 = TLanes.Multiply(w, TLanes.Load(ref state, here)), b2 = TLanes.Multiply(v, TLanes.Load(ref state, here + lanes));
        TVector c0 = TLanes.Create(0), c1 = c0, c2 = c0, d0 = c0, d1 = c0, d2 = c0;
        int weight = stencil.WeightIndex(y, 0) + x;
        foreach (var (ahead, opposite) in stencil.Offsets)
        {
            nuint forward = (nuint)weight, there = (nuint)(at + ahead);
            w = TLanes.Load(ref weights, forward);
            v = TLanes.Load(ref weights, forward + lanes);
            a0 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, there), a0);
            b0 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, there + lanes), b0);
            a1 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, there + map), a1);
            b1 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, there + map + lanes), b1);
            a2 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, there + 2 * map), a2);
            b2 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, there + 2 * map + lanes), b2);
            nuint backward = (nuint)(weight + opposite), back = (nuint)(at - ahead);
            w = TLanes.Load(ref weights, backward);
            v = TLanes.Load(ref weights, backward + lanes);
            c0 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, back), c0);
            d0 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, back + lanes), d0);
            c1 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, back + map), c1);
            d1 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, back + map + lanes), d1);
            c2 = TLanes.MultiplyAdd(w, TLanes.Load(ref state, back + 2 * map), c2);
            d2 = TLanes.MultiplyAdd(v, TLanes.Load(ref state, back + 2 * map + lanes), d2);
            weight += stencil.Stride;
        }
        Store(step, at, TLanes.Add(a0, c0));
        Store(step, at + (int)lanes, TLanes.Add(b0, d0));
        Store(step, at + (int)map, TLanes.Add(a1, c1));
        Store(step, at + (int)(map + lanes), TLanes.Add(b1, d1));
        Store(step, at + (int)(2 * map), TLanes.Add(a2, c2));
        Store(step, at + (int)(2 * map + lanes), TLanes.Add(b2, d2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in WalkStep step, int at, TVector product)
    {
        ref float state = ref MemoryMarshal.GetArrayDataReference(step.Previous);
        ref float total = ref MemoryMarshal.GetArrayDataReference(step.Sum);
        TVector before = TLanes.Multiply(TLanes.Load(ref state, (nuint)at), TLanes.Create(-1));
        TVector next = TLanes.Flush(TLanes.MultiplyAdd(product, TLanes.Create(step.Factor), before), TLanes.Create(SmallestState));
        TLanes.Store(next, ref state, (nuint)at);
        if (step.Coefficient != 0)
            TLanes.Store(TLanes.MultiplyAdd(next, TLanes.Create(step.Coefficient), TLanes.Load(ref total, (nuint)at)), ref total, (nuint)at);
    }
}
