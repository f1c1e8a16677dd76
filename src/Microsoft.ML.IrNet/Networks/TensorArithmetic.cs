using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// Sums and products with numbers. TorchSharp's own make a <see cref="Scalar"/> for the call, even to add two tensors, and hold on to its handle only: a
/// garbage collection at that moment frees the number while native code reads it. Here it outlives the call.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>left + times * right.</summary>
    public static Tensor Plus(this Tensor left, Tensor right, double times = 1)
    {
        using Scalar alpha = times.ToScalar();
        return left.add(right, alpha);
    }

    /// <summary>left + right of whole numbers.</summary>
    public static Tensor PlusWhole(this Tensor left, Tensor right)
    {
        using Scalar alpha = 1L.ToScalar();
        return left.add(right, alpha);
    }

    /// <summary>Every element plus the number.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar addend = number.ToScalar(), alpha = 1.0.ToScalar();
        return tensor.add(addend, alpha);
    }

    /// <summary>In place: left + times * right.</summary>
    public static Tensor Add(this Tensor left, Tensor right, double times = 1)
    {
        using Scalar alpha = times.ToScalar();
        return left.add_(right, alpha);
    }

    /// <summary>In place: every element times the number.</summary>
    public static Tensor Scale(this Tensor tensor, double factor)
    {
        using Scalar number = factor.ToScalar();
        return tensor.mul_(number);
    }

    /// <summary>In place: every element to a power.</summary>
    public static Tensor RaiseTo(this Tensor tensor, double power)
    {
        using Scalar exponent = power.ToScalar();
        return tensor.pow_(exponent);
    }

    /// <summary>In place: 0 for every element below a number.</summary>
    public static Tensor ZeroBelow(this Tensor tensor, double least)
    {
        using Scalar bound = least.ToScalar(), zero = 0.0.ToScalar();
        using Tensor below = tensor.lt(bound);
        return tensor.masked_fill_(below, zero);
    }
}
