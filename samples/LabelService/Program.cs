// Labels photographs over HTTP with a trained labeller:
//   dotnet run -c Release --project samples/LabelService -- --model labeller.zip --urls http://localhost:5080
//   curl --data-binary @photograph.jpg http://localhost:5080/labels                    instances as JSON
//   curl --data-binary @photograph.jpg http://localhost:5080/overlay -o overlay.png    masks over the photograph
// It asks nobody who they are: put it behind something that does before others can reach it.
using LabelService;

await using WebApplication app = Service.Create(args);
await app.RunAsync();
