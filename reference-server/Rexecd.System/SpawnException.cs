using System.Runtime.InteropServices;

namespace Posix;

/// <summary>What a start had come to when it failed.</summary>
public enum SpawnStep
{
    /// <summary>What the system needs for any start: descriptors, memory, a process.</summary>
    Preparation,

    /// <summary>To become the user.</summary>
    Identity,

    /// <summary>To change to the directory.</summary>
    Directory,

    /// <summary>To become the program.</summary>
    Program,
}

/// <summary>A program that could not be started.</summary>
/// <param name="errno">The system's error number of the step that failed.</param>
/// <param name="what">What was attempted.</param>
/// <param name="step">The step.</param>
public sealed class SpawnException(int errno, string what, SpawnStep step = SpawnStep.Preparation)
    : Exception($"{what}: {Marshal.GetPInvokeErrorMessage(errno)}")
{
    /// <summary>The system's error number.</summary>
    public int Errno { get; } = errno;

    /// <summary>The step that failed.</summary>
    public SpawnStep Step { get; } = step;
}
