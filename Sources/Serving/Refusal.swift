/// Why there is no answer.
struct Refusal: Error {
    let status: Int
    let reason: String

    init(_ status: Int, _ reason: String) { (self.status, self.reason) = (status, reason) }

    var response: Response { .text("refused: \(reason)\n", status: status) }
}
