using System.Net;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Pictures embedded into HTML.</summary>
internal static class HtmlFigure
{
    /// <summary>A picture with what it shows below it.</summary>
    public static string Of(string caption, RgbImage image)
    {
        string text = WebUtility.HtmlEncode(caption);
        return $"<figure style=\"display:inline-block;margin:4px;vertical-align:top\"><img src=\"data:image/jpeg;base64,{Convert.ToBase64String(PngFile.EncodeJpeg(image))}\" width=\"{image.Width}\" height=\"{image.Height}\" "
            + $"style=\"max-width:100%;height:auto\" alt=\"{text}\"><figcaption>{text}</figcaption></figure>\n";
    }
}
