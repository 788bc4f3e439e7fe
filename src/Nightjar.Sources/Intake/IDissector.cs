namespace Nightjar.Sources.Intake;

/// <summary>Turns a packet capture into text that a reader reads, with a tool outside of Nightjar.</summary>
/// <remarks>Readers start no programs; whoever runs an intake may. Called on several threads.</remarks>
public interface IDissector
{
    /// <summary>Begins to dissect a capture.</summary>
    /// <param name="capture">pcap or pcapng; read once, from its beginning to its end, on any thread until the result is disposed.</param>
    /// <param name="fields">What to tell of each packet, by Wireshark's names of fields.</param>
    /// <param name="cancellation">Ends the dissecting.</param>
    /// <returns>One JSON object a line, in the form of <c>tshark -T ek</c>. Reading it throws an <see cref="IOException"/> at the place where the
    /// tool failed or a bound was reached, its message a sentence that says so; what came before stands.</returns>
    /// <exception cref="IOException">The tool cannot be started.</exception>
    Stream Dissect(Stream capture, IReadOnlyList<string> fields, CancellationToken cancellation);
}
