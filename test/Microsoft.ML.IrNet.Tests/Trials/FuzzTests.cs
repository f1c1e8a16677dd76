namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>
/// Every parser of untrusted input against damaged inputs: no crash, no hang, no memory that the input does not justify, no file outside the folders given, and no error but this library's.
/// IRNET_FUZZ_ROUNDS says how many inputs of each format, IRNET_FUZZ_SEED which ones.
/// </summary>
[Collection("torch")]
public sealed class FuzzTests
{
    private const string Rounds = "IRNET_FUZZ_ROUNDS", Seed = "IRNET_FUZZ_SEED";

    [Theory]
    [InlineData("safetensors", 4000)]
    [InlineData("pth", 4000)]
    [InlineData("png", 4000)]
    [InlineData("rle", 4000)]
    [InlineData("coco", 2500)]
    [InlineData("csv", 2500)]
    [InlineData("voc", 2500)]
    [InlineData("exchange", 2500)]
    [InlineData("model", 400)]
    [InlineData("work", 3000)]
    [InlineData("npy", 4000)]
    public void Damaged_input_is_read_or_refused_with_the_one_kind_of_error(string format, int brief)
    {
        using FuzzCase parsers = format switch
        {
            "safetensors" => new SafeTensorsFuzz(),
            "pth" => new PthFuzz(),
            "png" => new PalettePngFuzz(),
            "rle" => new RunLengthFuzz(),
            "coco" => new CocoFuzz(),
            "csv" => new TagsCsvFuzz(),
            "voc" => new VocFuzz(),
            "exchange" => new ExchangeFuzz(),
            "model" => new ModelZipFuzz(),
            "work" => new WorkFolderFuzz(),
            "npy" => new NpyFuzz(),
            _ => throw new ArgumentException(format),
        };
        string report = new FuzzRunner(format, parsers, TrialLength.Of(Seed, 20190616)).Run(TrialLength.Of(Rounds, brief));
        if (TrialLength.IsLong(Rounds))
            TrialLength.Report(report);
    }
}
