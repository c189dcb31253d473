using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Posix;

/// <summary>Password hashes of the system (crypt_r(3) of libcrypt.so.1). A call takes milliseconds, up to seconds: the hash says how many rounds.</summary>
public static unsafe partial class Crypt
{
    private const string Library = "libcrypt.so.1";

    // struct crypt_data: 131,232 bytes in glibc's old libcrypt, 32,768 in libxcrypt.
    private const int WorkBytes = 132 * 1024;

    /// <summary>Whether this system has the library.</summary>
    public static bool IsPresent => NativeLibrary.TryLoad(Library, typeof(Crypt).Assembly, null, out _);

    /// <summary>The hash of a password, made as another hash was made: the same method, cost and salt.</summary>
    /// <param name="password">Bytes without a NUL.</param>
    /// <param name="like">A hash, or the part of one that says how it is made.</param>
    /// <returns>Null if the library does not know the method, or does not take such a password (libxcrypt: above 512 bytes).</returns>
    public static byte[]? Hash(ReadOnlySpan<byte> password, string like)
    {
        byte[] phrase = [.. password, 0];
        byte[] setting = [.. Encoding.UTF8.GetBytes(like), 0];
        void* work = NativeMemory.AllocZeroed(WorkBytes);
        try
        {
            fixed (byte* phraseBytes = phrase)
            fixed (byte* settingBytes = setting)
            {
                byte* hash = crypt_r(phraseBytes, settingBytes, work);

                // A failure is NULL or, in some versions, a text that no hash begins with.
                return hash == null || *hash == '*' ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(hash).ToArray();
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(phrase);
            CryptographicOperations.ZeroMemory(new Span<byte>(work, WorkBytes));
            NativeMemory.Free(work);
        }
    }

    [LibraryImport(Library)]
    private static partial byte* crypt_r(byte* phrase, byte* setting, void* work);
}
