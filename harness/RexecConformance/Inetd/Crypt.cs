using System.Text;

namespace RexecConformance.Inetd;

/// <summary>Password hashes as the daemon's own library makes and checks them (crypt(3) of libxcrypt).</summary>
internal static class Crypt
{
    // SHA-256 with the fewest rounds that it accepts: every login of a run pays for one check.
    private const string Setting = "$5$rounds=1000$rexecsuite$";

    /// <summary>The hash of a password; an empty password gives an empty hash (no password).</summary>
    /// <exception cref="TargetStartException">The library is missing, or refuses.</exception>
    public static string Hash(string password)
    {
        if (password.Length == 0)
        {
            return "";
        }

        try
        {
            return Posix.Crypt.Hash(Encoding.UTF8.GetBytes(password), Setting) is { Length: > 13 } hash
                ? Encoding.ASCII.GetString(hash)
                : throw new TargetStartException($"crypt(3) does not know the hash {Setting}: libcrypt.so.1 must be libxcrypt's (Debian: libcrypt1)");
        }
        catch (DllNotFoundException)
        {
            throw new TargetStartException("libcrypt.so.1 is missing, so the accounts cannot get passwords: install it (Debian: libcrypt1)");
        }
    }
}
