// publicizer OUTPUT ASSEMBLY: writes a copy of the assembly for the compiler to read in which internal types and members are public.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: publicizer OUTPUT ASSEMBLY");
    return 2;
}
byte[] assembly = File.ReadAllBytes(args[1]);
Publicizer.PublicMetadata.Open(assembly);
string temporary = $"{args[0]}.{Environment.ProcessId}.part";
File.WriteAllBytes(temporary, assembly);
File.Move(temporary, args[0], overwrite: true);
return 0;
