using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Posix;

/// <summary>
/// Answers one question without echo with the password, and no other: a second one, or one with echo, fails the
/// conversation, as the Solaris manual has it. Texts for the user are not shown to anybody.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class PamConversation : IDisposable
{
    private readonly byte[] _password;
    private readonly GCHandle _self;
    private bool _answered;

    public PamConversation(ReadOnlySpan<byte> password)
    {
        _password = password.ToArray();
        _self = GCHandle.Alloc(this);
    }

    /// <summary>What PAM would have slept after its last refusal.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Whether a question was asked that has no answer here.</summary>
    public bool AskedTooMuch { get; private set; }

    /// <summary>Valid until disposal.</summary>
    public Pam.Conversation Native => new() { Converse = &Converse, Data = (void*)GCHandle.ToIntPtr(_self) };

    /// <summary>The function for PAM_FAIL_DELAY: it takes the delay down, and the thread does not sleep.</summary>
    public static void* DelayFunction => (delegate* unmanaged<int, uint, void*, void>)&TakeDelay;

    /// <summary>The password is needed no more: nothing is answered from now on.</summary>
    public void Forget()
    {
        _answered = true;
        CryptographicOperations.ZeroMemory(_password);
    }

    public void Dispose()
    {
        Forget();
        _self.Free();
    }

    [UnmanagedCallersOnly]
    private static int Converse(int count, Pam.Message** messages, Pam.Response** responses, void* data)
    {
        var self = (PamConversation)GCHandle.FromIntPtr((nint)data).Target!;
        if (count is < 1 or > 32)
        {
            return (int)PamCode.ConversationError;
        }

        // PAM frees these with free(3), which is what NativeMemory allocates for.
        var answers = (Pam.Response*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(Pam.Response));
        for (int i = 0; i < count; i++)
        {
            if (!self.Answer(messages[i]->Kind, &answers[i]))
            {
                Wipe(answers, i);
                return (int)PamCode.ConversationError;
            }
        }

        *responses = answers;
        return (int)PamCode.Success;
    }

    [UnmanagedCallersOnly]
    private static void TakeDelay(int status, uint microseconds, void* data)
    {
        if (status != (int)PamCode.Success && data != null)
        {
            ((PamConversation)GCHandle.FromIntPtr((nint)data).Target!).Delay = TimeSpan.FromMicroseconds(microseconds);
        }
    }

    private static void Wipe(Pam.Response* answers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (answers[i].Text != null)
            {
                Span<byte> text = MemoryMarshal.CreateSpan(ref *answers[i].Text, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(answers[i].Text).Length);
                CryptographicOperations.ZeroMemory(text);
                NativeMemory.Free(answers[i].Text);
            }
        }

        NativeMemory.Free(answers);
    }

    private bool Answer(int kind, Pam.Response* answer)
    {
        switch (kind)
        {
            case Pam.PromptEchoOff when !_answered:
                _answered = true;
                byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)_password.Length + 1);
                _password.CopyTo(new Span<byte>(copy, _password.Length));
                answer->Text = copy;
                return true;
            case Pam.TextInfo or Pam.ErrorMessage:
                return true;
            default:
                AskedTooMuch = true;
                return false;
        }
    }
}
