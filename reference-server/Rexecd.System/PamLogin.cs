using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>What PAM said of a step.</summary>
/// <param name="Code">The result; any number of PAM, not only those that have names.</param>
/// <param name="Text">The same in words, for a log.</param>
public sealed record PamResult(PamCode Code, string Text)
{
    /// <summary>Whether it let pass.</summary>
    public bool Succeeded => Code == PamCode.Success;
}

/// <summary>
/// One login through PAM: <see cref="Authenticate"/>, <see cref="CheckAccount"/>, <see cref="OpenSession"/>, disposal; in
/// this order, one at a time, each on any thread. All of them may block.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class PamLogin : IDisposable
{
    private readonly PamConversation _conversation;
    private readonly int _flags;
    private nint _handle;
    private int _last;
    private bool _credentials;
    private bool _session;
    private bool _ended;

    /// <summary>Begins a login.</summary>
    /// <param name="service">Name of the service: a file in /etc/pam.d.</param>
    /// <param name="user">Bytes without a NUL, as the client sent them.</param>
    /// <param name="password">The same; wiped as soon as <see cref="Authenticate"/> has ended.</param>
    /// <param name="remoteHost">PAM_RHOST.</param>
    /// <param name="allowEmptyPassword">Whether an account without password may log in, if the modules allow it too.</param>
    /// <exception cref="InvalidOperationException">PAM can't begin: its text says why.</exception>
    public PamLogin(string service, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, string remoteHost, bool allowEmptyPassword)
    {
        _flags = Pam.Silent | (allowEmptyPassword ? 0 : Pam.DisallowEmptyPassword);
        _conversation = new PamConversation(password);
        Pam.Conversation native = _conversation.Native;
        byte[] name = [.. user, 0];
        nint handle = 0;
        fixed (byte* serviceBytes = SystemText.Bytes(service + "\0"))
        fixed (byte* nameBytes = name)
        fixed (byte* host = SystemText.Bytes(remoteHost + "\0"))
        fixed (byte* terminal = SystemText.Bytes(service + "\0"))
        {
            int error = Pam.pam_start(serviceBytes, nameBytes, &native, &handle);
            _handle = handle;
            error = error != 0 ? error : Pam.pam_set_item(_handle, Pam.RemoteHost, host);

            // There is no terminal: as other servers do, the service stands for one, since some modules want any.
            error = error != 0 ? error : Pam.pam_set_item(_handle, Pam.Terminal, terminal);
            error = error != 0 ? error : Pam.pam_set_item(_handle, Pam.FailDelay, PamConversation.DelayFunction);
            if (error != 0)
            {
                string text = Result(error).Text;
                Dispose();
                throw new InvalidOperationException($"PAM can't begin: {text}");
            }
        }
    }

    /// <summary>Whether this system has PAM (libpam.so.0).</summary>
    public static bool IsPresent => NativeLibrary.TryLoad(Pam.Library, out _);

    /// <summary>How long whoever asked is to wait for the answer to a refusal. PAM's own sleep is left to the caller.</summary>
    public TimeSpan Delay => _conversation.Delay;

    /// <summary>The user that the modules settled on; theirs may be another than the client's.</summary>
    public byte[] User
    {
        get
        {
            void* name = null;
            return Pam.pam_get_item(_handle, Pam.User, &name) == 0 && name != null
                ? MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)name).ToArray()
                : [];
        }
    }

    /// <summary>Is he who he says he is?</summary>
    public PamResult Authenticate()
    {
        PamResult result = Result(Pam.pam_authenticate(_handle, _flags));
        _conversation.Forget();
        return _conversation.AskedTooMuch ? result with { Text = "asked for more than a password: " + result.Text } : result;
    }

    /// <summary>May he log in now?</summary>
    public PamResult CheckAccount() => Result(Pam.pam_acct_mgmt(_handle, _flags));

    /// <summary>Gives him his credentials and opens his session, which lasts until disposal.</summary>
    public PamResult OpenSession()
    {
        PamResult result = Result(Pam.pam_setcred(_handle, Pam.EstablishCredentials | Pam.Silent));
        _credentials = result.Succeeded;
        if (_credentials)
        {
            result = Result(Pam.pam_open_session(_handle, Pam.Silent));
            _session = result.Succeeded;
        }

        return result;
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        if (_session)
        {
            _last = Pam.pam_close_session(_handle, Pam.Silent);
            _session = false;
        }

        if (_credentials)
        {
            _last = Pam.pam_setcred(_handle, Pam.DeleteCredentials | Pam.Silent);
            _credentials = false;
        }

        if (_handle != 0)
        {
            _ = Pam.pam_end(_handle, _last);
            _handle = 0;
        }

        if (!_ended)
        {
            _ended = true;
            _conversation.Dispose();
        }
    }

    private PamResult Result(int code)
    {
        _last = code;
        return new PamResult((PamCode)code, Marshal.PtrToStringUTF8((nint)Pam.pam_strerror(_handle, code)) ?? "unknown");
    }
}
