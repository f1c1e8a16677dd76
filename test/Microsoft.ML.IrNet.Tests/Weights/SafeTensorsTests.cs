using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class SafeTensorsTests
{
    [Fact]
    public void What_is_written_is_read_back_unchanged()
    {
        Gen<StoredTensor> tensors =
            from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from type in Gen.Elements(Enum.GetValues<StoredType>())
            from shape in Gen.ListOf(Gen.Choose(0, 4).Select(size => (long)size), 3)
            let count = shape.Aggregate(1L, (product, size) => product * size)
            from data in Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), (int)count * Size(type))
            select new StoredTensor(new string([.. name.Get.Where(letter => !char.IsSurrogate(letter))]), type, [.. shape], data);
        Prop.ForAll(Gen.ListOf(tensors).ToArbitrary(), list =>
        {
            var weights = new StateDict(list.DistinctBy(tensor => tensor.Name), new Dictionary<string, string> { ["made"] = "by \"test\"\n" });
            using var stream = new MemoryStream();
            SafeTensors.Write(stream, weights);
            stream.Position = 0;
            StateDict back = SafeTensors.Read(stream, "test");
            Same.Tensors(weights, back);
            Assert.Equal(weights.Keys, back.Keys);
            Assert.Equal(weights.Metadata, back.Metadata);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_is_written_aligned_and_read_whatever_it_is_called()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.bin");
        try
        {
            var weights = new StateDict([new StoredTensor("odd", StoredType.U8, [3], new byte[3]), StoredTensor.FromSingle("wide", [2], [1, 2])]);
            SafeTensors.Write(path, weights);
            StateDict back = WeightFile.Read(path);
            Assert.Equal(["odd", "wide"], back.Keys);
            Assert.Equal([1f, 2f], back["wide"].ToSingle());
            Assert.Equal(0, (new FileInfo(path).Length - 3) % 8);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_type_becomes_single_precision()
    {
        StateDict weights = SafeTensors.Read(WeightFixture.PathOf("expected.safetensors"));
        Assert.Equal([1f, -2.5f, 65504f], weights["half"].ToSingle());
        Assert.Equal([1f, -2.5f, 3e38f], weights["brain"].ToSingle(), (expected, value) => MathF.Abs(expected - value) <= 4e-3f * MathF.Abs(expected));
        Assert.Equal([1 / 3f], weights["double"].ToSingle());
        Assert.Equal([1234567890123f], weights["counter"].ToSingle());
        Assert.Equal([-7f], weights["int"].ToSingle());
        Assert.Equal([1f, 0f], weights["mask"].ToSingle());
        Assert.Equal([0f, 255f], weights["bytes"].ToSingle());
        Assert.Empty(weights["empty"].ToSingle());
    }

    private static int Size(StoredType type) => type switch
    {
        StoredType.F64 or StoredType.I64 => 8,
        StoredType.F32 or StoredType.I32 => 4,
        StoredType.F16 or StoredType.BF16 or StoredType.I16 => 2,
        _ => 1,
    };
}
