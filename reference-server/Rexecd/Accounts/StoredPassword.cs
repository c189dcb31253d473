using System.Security.Cryptography;
using System.Text;
using Posix;

namespace Rexecd;

/// <summary>The password of a file's account: never kept in clear, compared in constant time, and no part of any text.</summary>
internal sealed class StoredPassword
{
    /// <summary>No password: an empty hash.</summary>
    public static readonly StoredPassword None = new(null, null);

    // Of this process only: a digest is worth nothing elsewhere.
    private static readonly byte[] Key = [.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()]; // 244 bits from the kernel

    private readonly byte[]? _digest;

    private StoredPassword(byte[]? digest, string? hash) => (_digest, Hash) = (digest, hash);

    /// <summary>The crypt hash, of an account that has one.</summary>
    public string? Hash { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _digest is null && Hash is null;

    /// <summary>A password that the file has in clear.</summary>
    public static StoredPassword OfClear(string password) => password.Length == 0 ? None : new(Digest(Encoding.UTF8.GetBytes(password)), null);

    /// <summary>A password that the file has as crypt(3) makes it; null if that does not know such a hash.</summary>
    public static StoredPassword? OfHash(string hash) =>
        hash.Length == 0 ? None
        : Crypt.Hash([], hash) is { } other && other.Length == hash.Length ? new(null, hash)
        : null;

    /// <summary>Whether this is the password. With a crypt hash it takes as long as its method does.</summary>
    public bool Matches(ReadOnlySpan<byte> password) =>
        Hash is not null ? Crypt.Hash(password, Hash) is { } made && CryptographicOperations.FixedTimeEquals(made, Encoding.UTF8.GetBytes(Hash))
        : CryptographicOperations.FixedTimeEquals(Digest(password), _digest);

    /// <summary>A number of a name that is the same as long as this process lives, and that nobody else can tell.</summary>
    public static uint NumberOf(ReadOnlySpan<byte> name) => BitConverter.ToUInt32(Digest(name));

    public override string ToString() => "(password)";

    private static byte[] Digest(ReadOnlySpan<byte> bytes) => Sha256.Of([.. Key, .. bytes]);
}
