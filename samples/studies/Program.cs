using Studies;
using Studies.Running;

// samples/studies/run NAME [--quick] [--out FOLDER]
var name = args.FirstOrDefault();
var study = StudyCatalog.All.FirstOrDefault(one => one.Name == name);
if (study is null)
{
    Console.Error.WriteLine("usage: samples/studies/run NAME [--quick] [--out FOLDER]");
    foreach (var one in StudyCatalog.All)
        Console.Error.WriteLine($"  {one.Name,-9} {one.Title}");
    return 2;
}
var at = Array.IndexOf(args, "--out");
var folder = at >= 0 && at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : Path.Combine(Repository.Root, "docs", "studies");
Directory.CreateDirectory(folder);
await using var work = new StudyWork(study, quick: args.Contains("--quick"), folder);
try
{
    await study.RunAsync(work);
}
catch (StudyException e)
{
    Console.Error.WriteLine($"study {study.Name}: {e.Message}");
    return 1;
}
return work.Finish() ? 0 : 1;
