using System.CommandLine;
using RexecConformance.Benchmarks;

var size = new Option<int>("--megabytes") { Description = "Size of the capture that is made", DefaultValueFactory = _ => 200 };
var runs = new Option<int>("--runs") { Description = "Runs of each; the best counts", DefaultValueFactory = _ => 7 };
var memory = new Option<int>("--memory-megabytes") { Description = "Size of the capture that memory is measured with; 0 for none", DefaultValueFactory = _ => 2048 };
var captures = new Command("captures", "Reading captures: speed beside tshark's, and memory. Needs as much room for temporary files.") { size, runs, memory };
captures.SetAction(parsed => CaptureBenchmark.Run(parsed.GetValue(size), parsed.GetValue(runs), parsed.GetValue(memory)));
var file = new Argument<string>("FILE");
var memoryOf = new Command(CaptureBenchmark.MemoryVerb, "Reads a capture and prints the most anonymous memory that it took, in bytes (Linux).") { file };
memoryOf.SetAction(parsed => Console.WriteLine(ResidentMemory.PeakWhile(() => Reading.Conversations(parsed.GetValue(file)!))));
var dialect = new Option<string>("--dialect") { Description = "What the server serves", DefaultValueFactory = _ => "debian" };
var cases = new Option<int>("--cases") { Description = "How many cases", DefaultValueFactory = _ => 60_000 };
var jobs = new Option<int>("--jobs") { Description = "Cases at once", DefaultValueFactory = _ => 1024 };
var sockets = new Command("fuzz-sockets", "Cases of a fuzzer over loopback sockets to the reference server. Run it in the repository's folder.") { dialect, cases, jobs };
sockets.SetAction((parsed, _) => SocketsBenchmark.RunAsync(parsed.GetValue(dialect)!, parsed.GetValue(cases), parsed.GetValue(jobs)));
return new RootCommand("Benchmarks of the rexec conformance suite.") { captures, memoryOf, FuzzBenchmark.Create(), sockets }.Parse(args).InvokeAsync().GetAwaiter().GetResult();
