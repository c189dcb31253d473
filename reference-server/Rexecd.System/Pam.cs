using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>Results of PAM that a caller tells apart (Linux-PAM's numbers, _pam_types.h).</summary>
public enum PamCode
{
    /// <summary>PAM_SUCCESS</summary>
    Success = 0,

    /// <summary>PAM_AUTH_ERR: a wrong password.</summary>
    AuthenticationError = 7,

    /// <summary>PAM_USER_UNKNOWN</summary>
    UserUnknown = 10,

    /// <summary>PAM_NEW_AUTHTOK_REQD: the password has expired and must be changed.</summary>
    NewPasswordRequired = 12,

    /// <summary>PAM_ACCT_EXPIRED</summary>
    AccountExpired = 13,

    /// <summary>PAM_CONV_ERR: a question that was not answered.</summary>
    ConversationError = 19,

    /// <summary>PAM_AUTHTOK_EXPIRED: the password has expired and can't be changed any more.</summary>
    PasswordExpired = 27,
}

/// <summary>The calls of libpam.so.0 (Linux-PAM).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Pam
{
    public const string Library = "libpam.so.0";

    public const int Silent = 0x8000;
    public const int DisallowEmptyPassword = 0x1;
    public const int EstablishCredentials = 0x2;
    public const int DeleteCredentials = 0x4;

    // Items.
    public const int User = 2;
    public const int Terminal = 3;
    public const int RemoteHost = 4;
    public const int FailDelay = 10;

    // Kinds of messages.
    public const int PromptEchoOff = 1;
    public const int PromptEchoOn = 2;
    public const int ErrorMessage = 3;
    public const int TextInfo = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Kind;
        public byte* Text;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Response
    {
        public byte* Text;
        public int ReturnCode;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Conversation
    {
        public delegate* unmanaged<int, Message**, Response**, void*, int> Converse;
        public void* Data;
    }

    [LibraryImport(Library)]
    public static partial int pam_start(byte* service, byte* user, Conversation* conversation, nint* handle);

    [LibraryImport(Library)]
    public static partial int pam_end(nint handle, int status);

    [LibraryImport(Library)]
    public static partial int pam_set_item(nint handle, int item, void* value);

    [LibraryImport(Library)]
    public static partial int pam_get_item(nint handle, int item, void** value);

    [LibraryImport(Library)]
    public static partial int pam_authenticate(nint handle, int flags);

    [LibraryImport(Library)]
    public static partial int pam_acct_mgmt(nint handle, int flags);

    [LibraryImport(Library)]
    public static partial int pam_setcred(nint handle, int flags);

    [LibraryImport(Library)]
    public static partial int pam_open_session(nint handle, int flags);

    [LibraryImport(Library)]
    public static partial int pam_close_session(nint handle, int flags);

    [LibraryImport(Library)]
    public static partial byte* pam_strerror(nint handle, int error);
}
