import Foundation

/// `error.FIELD.l1`, `.l2`, `.linf`: mean, root-mean-square and largest error at cell centres, divided by the
/// exact solution's largest magnitude (by 1 where the exact solution is 0 everywhere). `.signal`: the largest
/// error divided by the range of the exact solution, for weak waves on a large background.
enum ErrorResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        FlowSnapshot.primitiveNames(rank: flowCase.domain.rank).flatMap { field in
            ["l1", "l2", "linf", "signal"].map { norm in
                CaseResult("error.\(field).\(norm)", missing: ExactFields.missing(flowCase)) {
                    error($0.main, field, norm)
                }
            }
        }
    }

    /// One norm of the error of one field, over the cells that hold gas.
    static func error(_ run: RunEvidence, _ field: String, _ norm: String) -> Double {
        guard let exact = ExactFields.field(field, of: run).map(run.final.fluid.select) else { return .nan }
        let errors = zip(run.final.fluidField(field), exact).map { abs($0 - $1) }
        let largest = exact.reduce(0) { max($0, abs($1)) }
        let scale = largest > 0 ? largest : 1
        let count = Double(errors.count)
        switch norm {
        case "l1": return Compensated.sum(errors) / count / scale
        case "l2": return (Compensated.sum(errors.map { $0 * $0 }) / count).squareRoot() / scale
        case "linf": return maximum(errors) / scale
        default: return maximum(errors) / range(exact)
        }
    }
}

/// `overshoot.FIELD`, `undershoot.FIELD`: how far the field goes above the largest and below the smallest
/// value of the exact solution, relative to the exact solution's largest magnitude.
enum OvershootResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        FlowSnapshot.primitiveNames(rank: flowCase.domain.rank).flatMap { field in
            [
                CaseResult("overshoot.\(field)", missing: ExactFields.missing(flowCase)) {
                    excess($0.main, field) { maximum($0) - maximum($1) }
                },
                CaseResult("undershoot.\(field)", missing: ExactFields.missing(flowCase)) {
                    excess($0.main, field) { minimum($1) - minimum($0) }
                },
            ]
        }
    }

    private static func excess(
        _ run: RunEvidence, _ field: String, _ difference: (_ found: [Double], _ exact: [Double]) -> Double
    ) -> Double {
        guard let exact = ExactFields.field(field, of: run).map(run.final.fluid.select) else { return .nan }
        let scale = maximum(exact.map(abs))
        return max(0, difference(run.final.fluidField(field), exact)) / (scale > 0 ? scale : 1)
    }
}

/// `order.FIELD`: the least of the orders log(e₁/e₂)/log(f₂/f₁) of the mean error between successive levels.
enum OrderResults {
    static func results(of flowCase: FlowCase) -> [CaseResult] {
        let missing =
            ExactFields.missing(flowCase)
            ?? (flowCase.convergenceFactors.isEmpty ? "[case.convergence] factors" : nil)
        return FlowSnapshot.primitiveNames(rank: flowCase.domain.rank).map { field in
            CaseResult("order.\(field)", missing: missing) { order($0, field) }
        }
    }

    private static func order(_ evidence: CaseEvidence, _ field: String) -> Double {
        let points = evidence.levels.map { run in
            (cells: Double(run.flowCase.domain.cells[0]), error: ErrorResults.error(run, field, "l1"))
        }
        return zip(points, points.dropFirst()).map { coarse, fine in
            log(coarse.error / fine.error) / log(fine.cells / coarse.cells)
        }.min() ?? .nan
    }
}

/// The largest value; NaN where one is NaN, so that a lost field never passes a check.
func maximum(_ values: [Double]) -> Double {
    values.reduce(-.infinity) { $1.isNaN || $0.isNaN ? .nan : Swift.max($0, $1) }
}

/// The smallest value; NaN where one is NaN.
func minimum(_ values: [Double]) -> Double { -maximum(values.map { -$0 }) }

/// The difference of the extremes.
func range(_ values: [Double]) -> Double { maximum(values) - minimum(values) }
