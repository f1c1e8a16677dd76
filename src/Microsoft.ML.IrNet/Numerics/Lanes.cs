using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>What a kernel needs of a vector type, so that it is written once for every width.</summary>
internal interface ILanes<TVector> where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Create(float value);

    static abstract TVector Load(ref float source, nuint at);

    static abstract void Store(TVector value, ref float target, nuint at);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>Values nearer to 0 than <paramref name="smallest"/> become 0.</summary>
    static abstract TVector Flush(TVector value, TVector smallest);
}

internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static Vector256<float> Create(float value) => Vector256.Create(value);

    public static Vector256<float> Load(ref float source, nuint at) => Vector256.LoadUnsafe(ref source, at);

    public static void Store(Vector256<float> value, ref float target, nuint at) => value.StoreUnsafe(ref target, at);

    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
#if NET9_0_OR_GREATER
        Vector256.MultiplyAddEstimate(left, right, addend);
#else
        left * right + addend;
#endif

    public static Vector256<float> Flush(Vector256<float> value, Vector256<float> smallest) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(value), smallest), Vector256<float>.Zero, value);
}

internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    public static Vector512<float> Load(ref float source, nuint at) => Vector512.LoadUnsafe(ref source, at);

    public static void Store(Vector512<float> value, ref float target, nuint at) => value.StoreUnsafe(ref target, at);

    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
#if NET9_0_OR_GREATER
        Vector512.MultiplyAddEstimate(left, right, addend);
#else
        left * right + addend;
#endif

    public static Vector512<float> Flush(Vector512<float> value, Vector512<float> smallest) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(value), smallest), Vector512<float>.Zero, value);
}
