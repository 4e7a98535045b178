/// A connection that has not asked yet, or was refused and may still read why.
struct Arrival {
    let connection: Connection
    /// When it has to have asked, or to be gone: seconds of the monotonic clock.
    private(set) var deadline: Double
    private(set) var isLeaving = false
    private var received: [UInt8] = []
    private var hasLine = false

    init(_ connection: Connection, deadline: Double) {
        (self.connection, self.deadline) = (connection, deadline)
    }

    /// Takes what has come, in time proportional to it. Returns the head of the request when all of it is here; throws
    /// `Refusal` for more than the limits allow, before the rest is waited for.
    mutating func take(_ bytes: [UInt8], _ limits: Limits) throws -> RequestHead? {
        if isLeaving { return nil }
        let known = received.count
        received += bytes
        // "GET ", " HTTP/1.1" and the end of the line need less than 32 bytes.
        if !hasLine {
            hasLine = received.prefix(limits.target + 32).contains(UInt8(ascii: "\n"))
            guard hasLine || received.count <= limits.target + 32 else {
                throw Refusal(414, "the address is longer than \(limits.target) bytes")
            }
        }
        let end = Array("\r\n\r\n".utf8)
        let start = (max(0, known - 3)..<max(0, received.count - 3))
            .first { received[$0..<($0 + 4)].elementsEqual(end) }
        guard let start else {
            guard received.count <= limits.head else {
                throw Refusal(431, "the headers are larger than \(limits.head) bytes")
            }
            return nil
        }
        guard start <= limits.head else {
            throw Refusal(431, "the headers are larger than \(limits.head) bytes")
        }
        let head = try RequestHead(received[..<start])
        guard received.count == start + 4 else { throw Refusal(413, "requests have no bodies here") }
        return head
    }

    /// What it sends from now on is thrown away: a connection that is closed while it sends loses what it was told.
    mutating func leave(until deadline: Double) {
        (isLeaving, received) = (true, [])
        self.deadline = deadline
    }
}
