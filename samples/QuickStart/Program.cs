using QuickStart.Shapes;

Console.WriteLine(new ShapesDataSet(1, 1).Count);
