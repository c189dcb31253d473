namespace Rexecd;

/// <summary>How an event is written.</summary>
internal enum LogFormat
{
    /// <summary><c>TIME EVENT NAME=VALUE ...</c></summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,
}
