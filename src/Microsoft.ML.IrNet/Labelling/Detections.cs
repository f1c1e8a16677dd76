using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>Turns the map of winners into instances: each connected part of a winner is one.</summary>
internal static class Detections
{
    /// <summary>Finds the instances, ordered by winner, then by first pixel in raster order.</summary>
    /// <param name="winner">[height, width]: 0 background, i + 1 the i-th of <paramref name="tags"/>.</param>
    /// <param name="score">[height, width]: score of the winner.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="tags">Class of each winner.</param>
    /// <param name="minimumArea">Parts with fewer pixels get score 0.</param>
    public static IReadOnlyList<InstanceLabel> Find(int[] winner, float[] score, int height, int width, IReadOnlyList<int> tags, double minimumArea)
    {
        var labels = new int[winner.Length];
        int count = ConnectedComponents.Label<int>(winner, height, width, labels);
        var parts = new Part[count];
        for (int part = 0; part < count; part++)
            parts[part] = new Part();
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
                if (labels[i] != 0)
                    parts[labels[i] - 1].Include(y, x, winner[i], score[i]);
        AddRuns(labels, height, width, parts);
        return [.. parts.OrderBy(part => part.Winner).Select(part => part.ToLabel(height, width, tags[part.Winner - 1], minimumArea))];
    }

    /// <summary>One pass down the columns collects the run lengths of all masks.</summary>
    private static void AddRuns(int[] labels, int height, int width, Part[] parts)
    {
        int label = 0;
        uint start = 0, position = 0;
        for (int x = 0; x < width; x++)
            for (int y = 0; y < height; y++, position++)
            {
                int next = labels[y * width + x];
                if (next == label)
                    continue;
                if (label != 0)
                    parts[label - 1].AddRun(start, position);
                (label, start) = (next, position);
            }
        if (label != 0)
            parts[label - 1].AddRun(start, position);
    }

    private sealed class Part
    {
        private readonly List<uint> _counts = [];
        private uint _end;
        private int _area;
        private float _score;
        private int _left = int.MaxValue, _top = int.MaxValue, _right, _bottom;

        public int Winner { get; private set; }

        public void Include(int y, int x, int winner, float score)
        {
            Winner = winner;
            _area++;
            _score = Math.Max(_score, score);
            (_left, _top) = (Math.Min(_left, x), Math.Min(_top, y));
            (_right, _bottom) = (Math.Max(_right, x + 1), Math.Max(_bottom, y + 1));
        }

        public void AddRun(uint start, uint end)
        {
            _counts.Add(start - _end);
            _counts.Add(end - start);
            _end = end;
        }

        public InstanceLabel ToLabel(int height, int width, int tag, double minimumArea)
        {
            uint pixels = (uint)(height * width);
            if (_end < pixels)
                _counts.Add(pixels - _end);
            return new InstanceLabel(tag, _area < minimumArea ? 0 : _score, new BoundingBox(_left, _top, _right, _bottom),
                new RunLengthMask(height, width, [.. _counts]));
        }
    }
}
