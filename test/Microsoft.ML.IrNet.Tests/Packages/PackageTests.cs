using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Packages;

/// <summary>
/// The packages, in the hands of somebody who has nothing else: packed into a feed of their own, installed into an empty project and an empty tool folder, and put to work.
/// Takes some minutes: IRNET_PACKAGES=1 asks for it.
/// </summary>
public sealed class PackageTests : IDisposable
{
    private const int LargestOnFeeds = 250_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Packed_they_install_and_work()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("IRNET_PACKAGES")), "Takes some minutes; IRNET_PACKAGES=1 asks for it.");
        string version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}", feed = _folder.At("feed");
        foreach (string project in new[] { "Microsoft.ML.IrNet", "Microsoft.ML.IrNet.Segmentation", "irnet" })
            await DotnetCommand.Run(_folder.Root, "pack", "-c", "Release", Repository.Require("src", project), $"-p:Version={version}", $"-p:PackageOutputPath={feed}", "-p:RunAnalyzers=false");
        Assert.All(Directory.EnumerateFiles(feed, "*.nupkg"), package => Assert.InRange(new FileInfo(package).Length, 1, LargestOnFeeds));
        CheckLibrary(Path.Combine(feed, $"Microsoft.ML.IrNet.{version}.nupkg"), ["Microsoft.ML", "Microsoft.ML.ImageAnalytics", "SkiaSharp", "TorchSharp"]);
        CheckLibrary(Path.Combine(feed, $"Microsoft.ML.IrNet.Segmentation.{version}.nupkg"), ["Microsoft.ML.IrNet"]);

        // A feed beside the usual ones. What is installed goes into a folder of its own, what is there already is read from the usual one.
        string usual = DotnetCommand.UsualPackages;
        Directory.CreateDirectory(usual);
        new XElement("configuration",
            new XElement("packageSources", Setting("test", feed)),
            new XElement("config", Setting("globalPackagesFolder", _folder.At("packages"))),
            new XElement("fallbackPackageFolders", Setting("usual", usual))).Save(_folder.At("nuget.config"));
        using TemporaryFolder photographs = new();
        ToyData.WriteTagged(photographs, 4);
        await UseLibraries(version, photographs.Root);
        await UseTool(version, photographs.Root);
    }

    private async Task UseLibraries(string version, string photographs)
    {
        string consumer = _folder.At("consumer");
        Directory.CreateDirectory(consumer);
        foreach (string name in new[] { "PackageConsumer.csproj", "Program.cs" })
            File.Copy(Repository.Require("test", "PackageConsumer", name), Path.Combine(consumer, name));
        // For .NET 8 it is built alone: that runtime need not be here.
        await DotnetCommand.Run(consumer, "build", "-c", "Release", $"-p:IrNetVersion={version}");
        string output = await DotnetCommand.Run(consumer, Path.Combine("bin", "Release", "net10.0", "PackageConsumer.dll"), photographs);
        Assert.Contains("4 semantic maps", output, StringComparison.Ordinal);
        Assert.Contains("4 predictions", output, StringComparison.Ordinal);
    }

    private async Task UseTool(string version, string photographs)
    {
        string tools = _folder.At("tools"), irnet = Path.Combine(tools, OperatingSystem.IsWindows() ? "irnet.exe" : "irnet");
        await DotnetCommand.Run(_folder.Root, "tool", "install", "irnet", "--tool-path", tools, "--version", version);
        string report = await DotnetCommand.RunProgram(irnet, _folder.Root, "doctor");
        Assert.Contains($"irnet: {version}", report, StringComparison.Ordinal);
        // Its own torch, and not one that happens to be on this machine.
        Assert.Contains($"loaded from: {tools}", report, StringComparison.Ordinal);
        await DotnetCommand.RunProgram(irnet, _folder.Root, "run", "--data", photographs, "--out", _folder.At("out"), "--backbone", "resnet18", "--backbone-weights", "none",
            "--cam-epochs", "1", "--irnet-epochs", "1", "--batch", "2", "--crop", "80", "--scales", "1");
        await DotnetCommand.RunProgram(irnet, _folder.Root, "label", "--model", _folder.At("out", "labeller.zip"), "--images", photographs, "--out", _folder.At("labels"));
        Assert.True(File.Exists(_folder.At("labels", "annotations.json")));
    }

    /// <summary>A library's package has what it promises for both frameworks, and nothing of the assemblies that it was compiled against.</summary>
    private static void CheckLibrary(string path, string[] dependencies)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        string id = Path.GetFileName(path)[..Path.GetFileName(path).IndexOf(".0.", StringComparison.Ordinal)];
        Assert.Equal(["lib/net10.0/", "lib/net8.0/"], files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).Select(file => file.Replace($"{id}.dll", "", StringComparison.Ordinal)).Order());
        Assert.All(new[] { $"lib/net8.0/{id}.xml", $"lib/net10.0/{id}.xml", "icon.png", "PACKAGE.md" }, file => Assert.Contains(file, files));
        Assert.True(File.Exists(Path.ChangeExtension(path, ".snupkg")));
        using Stream manifest = package.GetEntry($"{id}.nuspec")!.Open();
        XElement metadata = XDocument.Load(manifest).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("MIT", Of("license"));
        Assert.All(new[] { "description", "tags", "releaseNotes", "readme", "icon" }, name => Assert.NotEmpty(Of(name)));
        string[] named = [.. metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)];
        Assert.All(dependencies, dependency => Assert.Equal(2, named.Count(name => name == dependency)));
        Assert.DoesNotContain(named, name => name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || name.Contains("Publicizer", StringComparison.Ordinal) || name.Contains("Analyzers", StringComparison.Ordinal));
    }

    private static XElement Setting(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
}
