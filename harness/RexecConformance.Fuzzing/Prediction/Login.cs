namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What a server makes of a name and a password.</summary>
/// <param name="Cause">Why it refuses; null if it does not.</param>
/// <param name="Account">Who logs in; null where nobody is looked up.</param>
/// <param name="Property">What the dialect would have to state, where it does not.</param>
internal readonly record struct Login(string? Cause, KnownAccount? Account, string? Property)
{
    private static Login Refused(string cause) => new(cause, null, null);

    private static Login NotStated(string property) => new(null, null, property);

    /// <summary>Checks in the order of every daemon that is known: name, password, root, expiry.</summary>
    public static Login Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password, KnownAccounts accounts, LoginRules rules)
    {
        if (rules.Check == "never")
        {
            return new Login(null, null, null);
        }

        KnownAccount? account = accounts.Find(name, out KnownAccount? inAnyCase, out bool perhaps);
        if (account is null && inAnyCase is not null)
        {
            if (rules.UsernameCase is null)
            {
                return NotStated("username-case");
            }

            account = rules.UsernameCase == "ignored" ? inAnyCase : null;
        }

        if (account is null)
        {
            return perhaps ? NotStated("the accounts of the system itself") : Refused("unknown-user");
        }

        if (account.Password.Length == 0)
        {
            if (rules.EmptyPassword != "any-password")
            {
                return rules.EmptyPassword is null ? NotStated("empty-password") : Refused("empty-password");
            }
        }
        else if (!password.SequenceEqual(account.Password))
        {
            return rules.Check is null ? NotStated("login-check") : new Login("bad-password", account, null);
        }

        return Admitted(account, rules);
    }

    /// <summary>The same with a password that was right.</summary>
    public Login IgnoringPassword(LoginRules rules) => Admitted(Account!, rules);

    /// <summary>Whether the account itself is let in.</summary>
    private static Login Admitted(KnownAccount account, LoginRules rules)
    {
        if (account.Account.Uid == 0)
        {
            string? root = rules.RefuseRoot ? rules.RefuseRootOption : rules.Root;
            if (root != "allowed")
            {
                return root is null ? NotStated(rules.RefuseRoot ? "refuse-root-option" : "root-login") : Refused("root-refused");
            }
        }

        if (account.Account.AccountExpired || account.Account.PasswordExpired)
        {
            if (rules.Expiry is null)
            {
                return NotStated("expiry-check");
            }

            if (rules.Expiry == "at-login")
            {
                return Refused(account.Account.AccountExpired ? "account-expired" : "password-expired");
            }
        }

        return new Login(null, account, null);
    }
}

/// <summary>What a dialect states about logins.</summary>
internal sealed record LoginRules(
    string? Check, string? UsernameCase, string? EmptyPassword, string? Root, string? RefuseRootOption, string? Expiry, bool RefuseRoot)
{
    public static LoginRules Of(DialectRules rules, bool refuseRoot) => new(
        rules.LoginCheck, rules.Value("username-case"), rules.Value("empty-password"), rules.Value("root-login"), rules.Value("refuse-root-option"),
        rules.Value("expiry-check"), refuseRoot);
}
