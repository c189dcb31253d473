namespace Rexecd;

/// <content><see cref="Defect.LimitInCharacters"/>.</content>
public sealed partial class RequestParser
{
    private int _characters;

    private ParseStatus ReadCharacters(ReadOnlySpan<byte> input, out int taken)
    {
        FieldRules rules = _dialect.Rules(Field);
        for (taken = 0; taken < input.Length;)
        {
            byte next = input[taken++];
            if (next == 0)
            {
                if (_characters > rules.Limit)
                {
                    return ParseStatus.TooLong;
                }

                _characters = 0;
                Finish(_bytes.Take());
                return ParseStatus.Done;
            }

            _characters += (next & 0xc0) == 0x80 ? 0 : 1; // a continuation byte of UTF-8 begins nothing
            if (_characters >= rules.ErrorAtByte || _bytes.Count == _dialect.FieldCeiling)
            {
                _bytes.Clear();
                return _characters >= rules.ErrorAtByte ? ParseStatus.TooLong : ParseStatus.OverCeiling;
            }

            _bytes.Write([next]);
        }

        return ParseStatus.NeedMore;
    }
}
