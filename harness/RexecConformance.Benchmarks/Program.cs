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
var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes", DefaultValueFactory = _ => 1 };
var threads = new Option<int>("--threads") { Description = "Threads that ask at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
var dialects = new Option<string[]>("--dialect") { Description = "Dialects to serve; all", AllowMultipleArgumentsPerToken = true };
var fuzz = new Command("fuzz", "Cases of the fuzzer on servers in memory: requests a second, by dialect and by kind of case.") { seconds, threads, dialects };
fuzz.SetAction(parsed => FuzzBenchmark.Run(parsed.GetValue(seconds), parsed.GetValue(threads), parsed.GetValue(dialects) ?? []));
return new RootCommand("Benchmarks of the rexec conformance suite.") { captures, memoryOf, fuzz }.Parse(args).Invoke();
