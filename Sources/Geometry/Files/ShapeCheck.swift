/// Whether a solid and a domain belong together.
public enum ShapeCheck {
    /// A message where a solid is wildly out of a domain or of another size; nil where all is well.
    ///
    /// Only directions in which the solid ends are looked at.
    /// - Parameters:
    ///   - lower: the lower corner of the domain.
    ///   - upper: the upper corner of the domain.
    public static func against(lower: [Double], upper: [Double], _ shape: any Shape) -> String? {
        let bounds = shape.bounds
        let axes = (0..<min(3, lower.count)).filter {
            bounds.lower[$0].isFinite && bounds.upper[$0].isFinite
        }
        guard !axes.isEmpty else { return nil }
        let size = axes.map { bounds.upper[$0] - bounds.lower[$0] }
        let domain = axes.map { upper[$0] - lower[$0] }
        let sizes = "the body is \(written(size)) in size, the domain \(written(domain))"
        let ratio = (size.max() ?? 0) / (domain.max() ?? 1)
        if ratio > 100 {
            return sizes + "; if the file is in millimetres and the domain in metres, scale = 0.001 mends it"
        }
        if ratio < 0.002 {
            return sizes + "; if the file is in metres and the domain in millimetres, scale = 1000 mends it"
        }
        let isBeside = axes.contains { bounds.upper[$0] <= lower[$0] || bounds.lower[$0] >= upper[$0] }
        guard isBeside else { return nil }
        let from = written(axes.map { bounds.lower[$0] })
        let to = written(axes.map { bounds.upper[$0] })
        return "the body lies beside the domain: it reaches from \(from) to \(to); " + sizes
            + "; a translation brings it in"
    }

    private static func written(_ values: [Double]) -> String {
        values.map { String(Float($0)) }.joined(separator: " × ")
    }
}
