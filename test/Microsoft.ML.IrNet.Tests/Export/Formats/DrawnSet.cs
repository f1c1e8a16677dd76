using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>A photograph with labels drawn by chance.</summary>
public sealed record DrawnPhotograph(string File, int Height, int Width, InstanceLabel[] Instances);

/// <summary>Some photographs with labels drawn by chance.</summary>
public sealed record DrawnSet(string[] Classes, DrawnPhotograph[] Photographs)
{
    /// <summary>Names that trouble lists, quoting and markup, but that every format can hold.</summary>
    public static readonly string[] PlainClasses = ["cat", "a dog, \"big\"", "Bär & Söhne's", "<猫>; y"];

    /// <summary>Names with what means something in some format's lists.</summary>
    public static readonly string[] OddClasses = ["cat", "a: b # c", "- x 😀", "{\"y\"}"];

    private static readonly string[] Files = ["a.jpg", "zwei Wörter.png", "日本 (2).jpeg", "x.y+z&c.jpg", "sub/one.jpg", "other folder/one.jpg"];

    /// <summary>Objects that touch but do not overlap, with holes and single pixels; photographs without any among them.</summary>
    public static Arbitrary<DrawnSet> Disjoint { get; } = Sets(PlainClasses, (height, width) =>
        from owners in Gen.Choose(0, 4).ArrayOf(height * width)
        from instances in Instances([.. Enumerable.Range(1, 4).Select(owner => RunLengthMask.FromRowMajor(height, width, [.. owners.Select(o => (byte)(o == owner ? 1 : 0))]))])
        select instances);

    /// <summary>Objects that may overlap as well.</summary>
    public static Arbitrary<DrawnSet> Overlapping { get; } = Sets(OddClasses, (height, width) =>
        from masks in MaskGenerators.OfSize(height, width).ArrayOf(3)
        from instances in Instances([.. masks.Select(mask => mask.Encode())])
        select instances);

    private static Arbitrary<DrawnSet> Sets(string[] classes, Func<int, int, Gen<InstanceLabel[]>> drawn) => (
        from files in Gen.SubListOf(Files)
        where files.Count > 0
        from photographs in Gen.CollectToArray(files, file =>
            from height in Gen.Choose(1, 9)
            from width in Gen.Choose(1, 9)
            from instances in drawn(height, width)
            select new DrawnPhotograph(file, height, width, instances))
        select new DrawnSet(classes, photographs)).ToArbitrary();

    private static Gen<InstanceLabel[]> Instances(RunLengthMask[] masks) =>
        from classes in Gen.Choose(0, 3).ArrayOf(masks.Length)
        from scores in Gen.Elements(1f, 0.5f, 1 / 3f).ArrayOf(masks.Length)
        select masks.Select((mask, i) => MaskGenerators.Instance(classes[i], scores[i], mask)).Where(instance => instance.Mask.Area > 0).ToArray();
}
