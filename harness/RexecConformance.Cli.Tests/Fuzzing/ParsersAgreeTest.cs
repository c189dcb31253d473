using System.Buffers;
using Rexecd;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Cli.Tests.Fuzzing;

/// <summary>The server's parser and the harness's own come to the same, in every dialect, of every generated request.</summary>
[Trait("needs", "nothing")]
public sealed class ParsersAgreeTest
{
    private const int Cases = 4000;

    private static readonly byte[][] s_requests = [.. Requests()];

    public static TheoryData<string> Dialects => [.. Rexecd.Dialect.Names];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Both_parsers_agree(string dialect)
    {
        Rexecd.Dialect served = Rexecd.Dialect.Load(dialect);
        var rules = new DialectRules(Suite.Tree.Dialects[dialect], ReferenceTarget.ScriptedArgument(dialect));
        var apart = new List<string>();
        int stated = 0;
        foreach (byte[] request in s_requests)
        {
            RequestReading own = RequestReading.Read(request, rules.Limits);
            if (own.State == ReadingState.NotStated)
            {
                continue;
            }

            stated++;
            string harness = Words(own, own.Port is { } port ? PortReading.Of(request.AsSpan(port.Start, port.Length), rules).Value : null);
            string server = Words(served, request, withPort: harness.Contains("port ", StringComparison.Ordinal), withPlace: own.Exact);
            if (harness != server)
            {
                apart.Add($"{Convert.ToHexString(request.AsSpan(0, Math.Min(64, request.Length)))} ({request.Length} bytes): harness {harness}; server {server}");
            }
        }

        Assert.True(apart.Count == 0, string.Join(Environment.NewLine, apart.Take(10)));
        Assert.True(stated > Cases / 4, $"only {stated} of {s_requests.Length} requests were compared");
    }

    private static string Words(RequestReading own, int? port) =>
        (port is { } number ? $"port {number}, " : "") + own.State switch
        {
            ReadingState.Complete => $"complete after {own.At}: {own.Username.Length} {own.Password.Length} {own.Command.Length}",
            ReadingState.TooLong => $"{own.Field} too long" + (own.Exact ? $" after {own.At}" : ""),
            _ => $"{own.Field} unfinished",
        };

    private static string Words(Rexecd.Dialect dialect, byte[] request, bool withPort, bool withPlace)
    {
        var parser = new RequestParser(dialect);
        int at = 0;
        ParseStatus status = ParseStatus.Done;
        while (status == ParseStatus.Done && parser.Field <= Field.Command)
        {
            status = parser.Read(new ReadOnlySequence<byte>(request, at, request.Length - at), out long taken);
            at += (int)taken;
        }

        return (withPort && parser.Field > Field.Port ? $"port {parser.Port}, " : "") + status switch
        {
            ParseStatus.Done => $"complete after {at}: {parser.Username.Length} {parser.Password.Length} {parser.Command.Length}",
            ParseStatus.NeedMore => $"{parser.Field} unfinished",
            _ => $"{parser.Field} too long" + (withPlace ? $" after {at}" : ""),
        };
    }

    private static IEnumerable<byte[]> Requests()
    {
        var generator = new Generator(20, GeneratorWorld.Of(Suite.Tree, Accounts.AccountFile.Default, Shell.Sh));
        var context = new MemoryContext(new MemoryContext.Texts(Accounts.AccountFile.Default), 40000, argumentList: null);
        for (long number = 0; number < Cases; number++)
        {
            FuzzCase one = generator.Create(number);
            yield return [.. SendExpansion.Expand(one.Send, one.Fragments, context).OfType<Send>().Where(send => send.Stream == StreamName.Primary).SelectMany(send => send.Bytes)];
        }
    }
}
