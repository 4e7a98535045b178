import Foundation

/// The lines of the protocol with outside programs.
package enum ProtocolText {
    static let describe = #"{"op": "describe"}"#
    static let stop = #"{"op": "stop"}"#

    /// `{"id": 7, "parameters": {"x": 0.5}}`, with `"site"` where the site has a name.
    static func request(_ request: ModelRequest, site: String) -> String {
        var text = "{\"id\": \(request.number)"
        if !site.isEmpty { text += ", \"site\": \(quoted(site))" }
        text += ", \"parameters\": {"
        text += request.parameters.map { "\(quoted($0.name)): \(number($0.value))" }.joined(separator: ", ")
        return text + "}}"
    }

    /// The reply of a line and the request that it names; nil for lines that are no replies.
    static func reply(_ line: String) -> (Int?, ModelReply)? {
        guard line.first(where: { !$0.isWhitespace }) == "{" else { return nil }
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
            let start = line.prefix(80)
            return (nil, .failed("a malformed answer (JSON has neither NaN nor Infinity): \(start)"))
        }
        let identifier = (object["id"] as? NSNumber)?.intValue
        if let reason = object["error"] { return (identifier, .failed("\(reason)")) }
        if let value = object["value"] {
            return (identifier, double(value).map(ModelReply.value) ?? .failed("the value is no number"))
        }
        guard let outputs = object["outputs"] as? [String: Any] else {
            return identifier.map { ($0, .failed("the answer has neither value, outputs nor error")) }
        }
        var values: [String: [Double]] = [:]
        for (name, list) in outputs {
            // null: this output is not known here.
            let numbers = (list as? [Any] ?? [list]).map { $0 is NSNull ? Double.nan : double($0) }
            guard numbers.allSatisfy({ $0 != nil }) else {
                return (identifier, .failed("output \"\(name)\" holds what is no number"))
            }
            values[name] = numbers.compactMap { $0 }
        }
        return (identifier, .outputs(values))
    }

    /// The parameters of an answer to `describe`; nil where the line is none.
    static func parameters(_ line: String) -> [Parameter]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let list = object["parameters"] as? [[String: Any]]
        else { return nil }
        return list.compactMap { entry in
            guard let name = entry["name"] as? String, let lower = entry["lower"].flatMap(double),
                let upper = entry["upper"].flatMap(double)
            else { return nil }
            let isLogarithmic = (entry["scale"] as? String).map { $0.hasPrefix("log") } ?? false
            return Parameter(
                name, lower: lower, upper: upper, scale: isLogarithmic ? .logarithmic : .linear,
                initial: entry["initial"].flatMap(double))
        }
    }

    private static func double(_ value: Any) -> Double? {
        // Truth values are numbers of type "c" to Foundation.
        guard let number = value as? NSNumber, String(cString: number.objCType) != "c" else { return nil }
        return number.doubleValue
    }

    /// JSON has neither infinities nor NaN: what is not known is null.
    package static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

    /// A JSON string.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20: result += "\\u" + String(format: "%04x", scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
