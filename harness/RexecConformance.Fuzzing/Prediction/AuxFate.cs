using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What becomes of the auxiliary connection, once the server tries to make it.</summary>
internal enum AuxFate
{
    /// <summary>Port zero: none is asked for.</summary>
    NotAsked,

    /// <summary>The server makes none, whatever is asked for.</summary>
    NeverMade,

    /// <summary>The request is never answered.</summary>
    NeverAnswered,

    /// <summary>It is made.</summary>
    Made,

    /// <summary>Nobody listens there: the server gives up, without a word.</summary>
    Refused,

    /// <summary>The server does not connect to such a port, and gives up without a word.</summary>
    Privileged,

    /// <summary>Nothing answers the attempt.</summary>
    Unanswered,

    /// <summary>The client listens, and the dialect does not say when, if ever, the server connects.</summary>
    AtSomeTime,

    /// <summary>The dialect says nothing about such a port.</summary>
    NotStated,
}

/// <summary>Finds it out.</summary>
internal static class AuxFates
{
    private const int FirstUnprivileged = 1024;

    /// <param name="port">The port in the request, 0 to 65535.</param>
    /// <param name="listening">The port on which the client listens, 0 if on none. On any other nobody does.</param>
    /// <param name="mode">What the client does there.</param>
    /// <param name="rules">The dialect.</param>
    public static AuxFate Of(int port, int listening, AuxMode mode, DialectRules rules)
    {
        if (port == 0)
        {
            return AuxFate.NotAsked;
        }

        bool own = port == listening && mode is not (AuxMode.None or AuxMode.Refuse);
        switch (rules.AuxConnect)
        {
            case AuxMoment.NotStated:
                return own && mode != AuxMode.BacklogFull ? AuxFate.AtSomeTime : AuxFate.NotStated;
            case AuxMoment.Never:
                return AuxFate.NeverMade;
            case AuxMoment.NeverAnswers:
                return AuxFate.NeverAnswered;
        }

        if (port < FirstUnprivileged && rules.AuxPrivileged != "connected")
        {
            return rules.AuxPrivileged == "refused" ? AuxFate.Privileged : AuxFate.NotStated;
        }

        return own ? mode == AuxMode.BacklogFull ? AuxFate.Unanswered : AuxFate.Made
            : rules.AuxFailureIsSilent ? AuxFate.Refused : AuxFate.NotStated;
    }

    /// <summary>What would have to be stated for <see cref="AuxFate.NotStated"/>.</summary>
    public static string Missing(int port, DialectRules rules) =>
        rules.AuxConnect == AuxMoment.NotStated ? "aux-connect"
        : port < FirstUnprivileged && rules.AuxPrivileged is null ? "aux-privileged-port" : "aux-failure";
}
