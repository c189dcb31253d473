using FsCheck.Fluent;
using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>What holds of the reading of every request.</summary>
public class ReadingProperties
{
    [Fact]
    public void No_byte_after_the_commands_nul_is_needed() => Requests.ForAll(
        from request in Requests.Complete from dialect in Requests.Dialect from tail in Requests.Any select (request, dialect, tail),
        all => Read(all.request, all.dialect) == Read(all.request + all.tail, all.dialect));

    [Fact]
    public void What_is_known_after_some_bytes_stays_so_and_was_not_known_before() => Requests.ForAll(
        from request in Requests.Any from dialect in Requests.Dialect from cut in Gen.Choose(0, request.Length) select (request, dialect, cut),
        all =>
        {
            RequestReading whole = Read(all.request, all.dialect);
            RequestReading part = Read(all.request[..all.cut], all.dialect);
            return whole.State == ReadingState.NeedMore || all.cut < whole.At ? part.State == ReadingState.NeedMore
                : !whole.Exact ? part.State is ReadingState.NotStated or ReadingState.TooLong
                : part == whole;
        });

    [Fact]
    public void A_longer_field_is_never_taken_where_a_shorter_one_is_too_long() => Requests.ForAll(
        from dialect in Requests.Dialect from length in Gen.Choose(0, 600) from more in Gen.Choose(0, 600) from field in Gen.Choose(1, 3) select (dialect, length, more, field),
        all => Read(With(all.field, all.length), all.dialect).State != ReadingState.TooLong
            || Read(With(all.field, all.length + all.more), all.dialect) is { State: ReadingState.TooLong } longer && (int)longer.Field == all.field);

    [Fact]
    public void A_refusal_comes_after_the_limit_and_no_later_than_the_nul() => Requests.ForAll(
        from dialect in Requests.Dialect from length in Gen.Choose(0, 40) select (dialect, length),
        all =>
        {
            RequestReading reading = Read(With(1, all.length), all.dialect);
            int limit = new DialectRules(Suite.Dialect(all.dialect), null).Limits.Username.Longest ?? FieldLimit.TakenByAll;
            return reading.State == ReadingState.Complete == all.length <= limit
                && (reading.State == ReadingState.Complete || (reading.At > 2 + limit && reading.At <= 2 + all.length + 1));
        });

    [Fact]
    public void A_number_is_read_as_a_number_in_16_bits() => Requests.ForAll(
        from digits in Gen.Choose(0, 9).ArrayOf() where digits.Length > 0 select string.Concat(digits),
        text => PortReading.Of(Requests.Bytes(text), new DialectRules(Suite.Dialect("bsd44"), null)).Value
            == (int)(System.Numerics.BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture) % 65536));

    private static RequestReading Read(string request, string dialect) =>
        RequestReading.Read(Requests.Bytes(request), new DialectRules(Suite.Dialect(dialect), Suite.LinuxArgument).Limits);

    private static string With(int field, int length) => string.Concat(Enumerable.Range(0, 4).Select(i => (i == field ? new string('x', length) : "0") + "\0"));
}
