/// How much a connection may ask for before anything of it is looked at.
package struct Limits: Sendable {
    /// The longest path and query, in bytes.
    package var target = 8192
    /// The most bytes of the first line and all headers.
    package var head = 65_536
    /// Connections that have not asked yet, or were refused; one more ends the oldest of them.
    package var connections = 64
    /// Requests that wait for a thread that answers; one more is refused.
    package var waiting = 64
    /// The time from the connection to the end of the headers, in seconds.
    package var secondsToAsk = 10.0
    /// The time in which something of an answer has to be taken, in seconds.
    package var secondsToTake = 20.0
    /// The time in which a refused connection may read why, in seconds.
    package var secondsToLeave = 2.0

    /// What is sound for a browser of one person.
    package init() {}
}
