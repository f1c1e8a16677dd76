// Draws the built-in data set into a folder, for the notebooks or for irnet: FOLDER/photographs with tags.csv, FOLDER/masks with annotations.json.
//   dotnet run samples/draw-shapes.cs -- [folder] [photographs]
#:project Shapes/Shapes.csproj
// Nothing is to be compiled natively, so the compiler for it need not be fetched.
#:property PublishAot=false

using System.Globalization;
using Shapes;

string folder = args.Length > 0 ? args[0] : "shapes";
int photographs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var shapes = new ShapesDataSet(photographs, seed: 1);
ShapesFolder.Write(shapes, Path.Combine(folder, "photographs"));
ShapesFolder.WriteMasks(shapes, Path.Combine(folder, "masks"));
Console.WriteLine($"{photographs} photographs are in {folder}");
