namespace Rexecd;

/// <summary>The server as a whole ends here: <see cref="Defect.EndsAtEightBit"/>.</summary>
internal sealed class ServerEndException() : Exception("the server ended: a byte above 0x7f in a user name");
