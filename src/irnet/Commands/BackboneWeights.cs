using IrNetTool.Progress;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Weights;

namespace IrNetTool.Commands;

/// <summary>Finds the weights that <c>--backbone-weights</c> means.</summary>
internal static class BackboneWeights
{
    public const string None = "none";

    /// <summary>Makes sure that what was given can be found.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? Problem(string given) =>
        given == None || File.Exists(given) || WeightSources.TryFind(given) is not null ? null
        : $"'{given}' is no file and no known source; known are {None}, {string.Join(", ", WeightSources.Known.Select(source => source.Name))}.";

    /// <summary>The path of the weights, which are fetched first where they are named; null for none.</summary>
    /// <param name="given">A file, a name or none.</param>
    /// <param name="screen">Shows the fetching.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    public static async Task<string?> FindAsync(string given, Screen screen, CancellationToken cancellation)
    {
        if (given == None)
        {
            screen.Warn("the backbone starts from random weights, which a few hundred photographs do not train well; --backbone-weights gives it others.");
            return null;
        }
        if (File.Exists(given))
            return given;
        WeightSource source = WeightSources.Find(given);
        return await screen.FollowAsync(view =>
            new WeightCache().FetchAsync(source, new DownloadProgress(view, source.Name), cancellation)).ConfigureAwait(false);
    }
}
