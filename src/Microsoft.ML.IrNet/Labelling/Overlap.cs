using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>Does what is left of a photograph after the networks, such as CRF, walk and files, on another thread while the networks work on the next one.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal sealed class Overlap<T>
{
    // What networks and CRF need for larger photographs does not fit into memory side by side.
    private const long MostPixels = 4_000_000;

    private Task<T>? _rest;

    /// <summary>Begins with the rest of a photograph. That of a large one is over when this returns. The one before has been taken.</summary>
    public void Begin(RgbImage photograph, Func<T> rest)
    {
        _rest = Task.Run(rest);
        if ((long)photograph.Height * photograph.Width > MostPixels)
            Await();
    }

    /// <summary>Waits, and hands on the result or the error of what was begun last; the default where nothing was.</summary>
    public T? Take()
    {
        Task<T>? rest = _rest;
        _rest = null;
        return rest is null ? default : rest.GetAwaiter().GetResult();
    }

    /// <summary>Waits, so that what is used there can be disposed of; the error, if any, stays for <see cref="Take"/>.</summary>
    public void Await()
    {
        if (_rest is not null)
            Task.WhenAny(_rest).GetAwaiter().GetResult();
    }
}
