namespace RexecConformance.Dialects;

/// <summary>The properties that a dialect may state and the values that each may have (docs/scenario-format.md).</summary>
public static class PropertyCatalogue
{
    private const string Number = "#";
    private const string Duration = "duration";
    private const string AnyBytes = "bytes";

    private static readonly Dictionary<string, string[]> s_values = new()
    {
        ["username-limit"] = [Number, "unlimited"],
        ["password-limit"] = [Number, "unlimited"],
        ["command-limit"] = [Number, "argument-list", "unlimited"],
        ["overlong-at"] = [Number, "unlimited"],
        ["reverse-name"] = ["required-at-once", "required", "not-needed"],
        ["port-arithmetic"] = ["modulo-65536"],
        ["port-bytes"] = ["any"],
        ["leading-zeros"] = ["accepted"],
        ["empty-port"] = ["zero"],
        ["fragmentation"] = ["irrelevant"],
        ["aux-connect"] = ["after-port", "after-login", "never", "never-answers"],
        ["aux-failure"] = ["silent-close"],
        ["aux-privileged-port"] = ["connected", "refused"],
        ["status-stream"] = ["primary", "stderr", "none"],
        ["diagnostic-stream"] = ["primary", "stderr"],
        ["diagnostic-terminator"] = [AnyBytes],
        ["home-check"] = ["before-status", "after-status", "after-status-ignored", "never"],
        ["home-stream"] = ["primary", "stderr"],
        ["fork"] = ["with-aux", "never"],
        ["fork-check"] = ["before-status", "after-status"],
        ["working-directory"] = ["home"],
        ["shell-choice"] = ["account", "environment"],
        ["username-case"] = ["distinct", "ignored"],
        ["login-check"] = ["name-and-password", "name", "never"],
        ["runs-as"] = ["user"],
        ["root-login"] = ["allowed", "refused"],
        ["refuse-root-option"] = ["refused"],
        ["expiry-check"] = ["at-login", "never"],
        ["empty-password"] = ["any-password", "refused"],
        ["empty-shell"] = ["bin-sh"],
        ["eof-in-field"] = ["silent-close", "diagnostic", "diagnostic-for-ever", "ignored"],
        ["stdin"] = ["follows-command"],
        ["half-close"] = ["output-continues", "ends-session"],
        ["stderr-without-aux"] = ["primary", "not-sent"],
        ["stderr-relay"] = ["lost"],
        ["aux-half-close"] = ["stderr-continues", "stderr-lost"],
        ["signal-byte"] = ["delivered", "ignored"],
        ["background-child"] = ["holds-streams"],
        ["unread-input"] = ["rst", "closed"],
        ["exit-status"] = ["not-sent"],
        ["environment"] = ["home-path-shell-user", "with-logname", "with-logname-and-rhost"],
        ["search-path"] = [":/usr/ucb:/bin:/usr/bin", "/usr/bin:/bin"],
        ["empty-shell-variable"] = ["bin-sh", "empty"],
        ["empty-command"] = ["accepted"],
        ["port-timeout"] = [Duration, "none"],
        ["aux-timeout"] = [Duration, "none"],
        ["fields-timeout"] = [Duration, "none"],
        ["timeout-restart"] = ["after-port", "never"],
        ["ipv6"] = ["served"],
        ["concurrent-clients"] = ["served"],
        ["single-connection-option"] = ["second-waits"],
    };

    /// <summary>All property names, in the order of the documentation.</summary>
    public static IReadOnlyCollection<string> Names => s_values.Keys;

    /// <summary>The causes of a refusal.</summary>
    public static IReadOnlyList<string> Causes { get; } =
    [
        "username-too-long", "password-too-long", "command-too-long", "unknown-user", "bad-password", "empty-password",
        "root-refused", "account-expired", "password-expired", "no-home", "no-shell", "fork-failed", "pipe-failed",
        "argument-list-too-long", "eof-in-username", "eof-in-password", "eof-in-command", "no-reverse-name",
    ];

    /// <summary>What is wrong with a value of a property, or null if nothing is.</summary>
    public static string? Fault(string property, string value)
    {
        if (!s_values.TryGetValue(property, out string[]? allowed))
        {
            return $"there is no property '{property}', expected one of: {string.Join(", ", Names)}{Yaml.Nearest.Remark(property, Names)}";
        }

        bool fits = allowed.Any(a => a switch
        {
            Number => value.Length is > 0 and < 10 && value.All(char.IsAsciiDigit),
            Duration => Yaml.Durations.TryParse(value, out _),
            AnyBytes => true,
            _ => a == value,
        });
        return fits ? null : $"{property} is '{value}', expected {string.Join(" or ", allowed.Select(a => a == Number ? "a number" : a))}{Yaml.Nearest.Remark(value, allowed)}";
    }
}
