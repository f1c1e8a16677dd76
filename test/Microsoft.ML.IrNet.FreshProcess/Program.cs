using Microsoft.ML;
using Microsoft.ML.IrNet.Tests.Estimators;

// Arguments: a model that begins with LoadImages, then for each photograph its path and its tags, separated by commas.
// Prints every value of every column. Names no type of the library, so that nothing but the model itself brings it in.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
Console.Write(ModelDump.Describe(ml, model, args[1..]));
