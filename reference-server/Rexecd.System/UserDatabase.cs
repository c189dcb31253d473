using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>A user as the system knows him (getpwnam(3)); the texts are as <see cref="SystemText"/> has them.</summary>
/// <param name="Name">Login name.</param>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Home">Home directory.</param>
/// <param name="Shell">Login shell; may be empty.</param>
public sealed record UserEntry(string Name, uint User, uint Group, string Home, string Shell);

/// <summary>Users and groups of the system, whatever the name service switch takes them from. The calls may block.</summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class UserDatabase
{
    private const int OutOfRange = 34; // ERANGE: the buffer is too small
    private const int MostBytes = 1 << 20;

    /// <summary>The user of a name, or null.</summary>
    /// <param name="name">Bytes without a NUL, of any length.</param>
    public static UserEntry? Find(ReadOnlySpan<byte> name)
    {
        byte[] terminated = [.. name, 0];
        for (int size = 4096; size <= MostBytes; size *= 4)
        {
            byte[] buffer = new byte[size];
            fixed (byte* key = terminated)
            fixed (byte* strings = buffer)
            {
                Entry entry;
                Entry* found;
                int error = getpwnam_r(key, &entry, strings, (nuint)size, &found);
                if (error != OutOfRange)
                {
                    return found is null ? null : new UserEntry(Text(found->Name), found->User, found->Group, Text(found->Home), Text(found->Shell));
                }
            }
        }

        return null;
    }

    /// <summary>The groups of a user, the one given included (getgrouplist(3)).</summary>
    public static IReadOnlyList<uint> Groups(string name, uint group)
    {
        byte[] terminated = [.. SystemText.Bytes(name), 0];
        int count = 64;
        while (true)
        {
            uint[] groups = new uint[count];
            int room = count;
            fixed (byte* key = terminated)
            fixed (uint* list = groups)
            {
                if (getgrouplist(key, group, list, &count) >= 0)
                {
                    return groups[..count];
                }
            }

            // On too small a list glibc says how long it must be; other libraries may not.
            count = Math.Max(count, room * 2);
        }
    }

    private static string Text(byte* text) => SystemText.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    // struct passwd, the same in glibc and musl.
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public byte* Comment;
        public byte* Home;
        public byte* Shell;
    }

    [LibraryImport("libc")]
    private static partial int getpwnam_r(byte* name, Entry* entry, byte* buffer, nuint size, Entry** found);

    [LibraryImport("libc")]
    private static partial int getgrouplist(byte* name, uint group, uint* groups, int* count);
}
