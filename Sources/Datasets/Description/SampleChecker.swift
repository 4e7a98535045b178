import Flow
import Schema

/// Checks the samples of a campaign that is right in itself: the cases that they make, and their bodies.
struct SampleChecker {
    private let campaign: Campaign
    private let recipes: [SampleRecipe]
    private let root: Section
    private let parameters: Section
    private var found: [Diagnostic] = []
    /// What has been reported, to tell a mistake that many samples share once.
    private var told: Set<String> = []

    /// - Parameter root: The root of the sweep file, for places.
    init(_ campaign: Campaign, _ root: Section) {
        self.campaign = campaign
        self.root = root
        recipes = campaign.recipes()
        parameters = root.section("parameters")
    }

    /// Everything that is wrong.
    mutating func diagnostics() -> [Diagnostic] {
        checkValues()
        guard found.isEmpty else { return found }
        checkExtremes()
        checkBodies()
        return found
    }

    /// Expressions may divide by 0.
    private mutating func checkValues() {
        for (index, parameter) in campaign.parameters.enumerated() {
            guard let recipe = recipes.first(where: { !$0.parameters[index].isFinite }) else { continue }
            found.append(
                parameters.diagnostic(
                    parameter.name, "is \(recipe.parameters[index]) in \(described(recipe))",
                    allowed: "finite numbers"))
        }
    }

    /// That there are enough bodies for the splits.
    private mutating func checkBodies() {
        let plan = campaign.splits
        guard plan.unit == .geometry else { return }
        let bodies = Set(recipes.map(\.geometry)).count
        let wanted = [plan.train, plan.validation, plan.test].count { $0 > 0 }
        guard bodies < wanted, recipes.count >= wanted else { return }
        let splits = root.section("splits")
        found.append(
            splits.diagnostic(
                splits.has("by") ? "by" : nil,
                "there \(bodies == 1 ? "is 1 body" : "are \(bodies) bodies") for \(wanted) splits by geometry",
                hint: "write by = \"sample\" to let splits share bodies, or add families"))
    }
}

// MARK: The cases

extension SampleChecker {
    /// Every parameter has its smallest and its largest value in one of these samples, and every family is there.
    private func extremes() -> [(sample: Int, key: String?)] {
        var result: [(sample: Int, key: String?)] = []
        for (index, parameter) in campaign.parameters.enumerated() {
            let isBefore = { (first: SampleRecipe, second: SampleRecipe) in
                first.parameters[index] < second.parameters[index]
            }
            result += [recipes.min(by: isBefore), recipes.max(by: isBefore)].compactMap { $0 }
                .map { ($0.index, parameter.name) }
        }
        for family in campaign.families {
            if let first = recipes.first(where: { $0.family == family.name }) {
                result.append((first.index, nil))
            }
        }
        return result
    }

    private mutating func checkExtremes() {
        var seen: Set<Int> = []
        for (sample, key) in extremes() where seen.insert(sample).inserted {
            do throws(InvalidInput) {
                check(try campaign.caseFile(of: recipes[sample]).flowCase, recipes[sample])
            } catch {
                for problem in error.diagnostics { report(problem, of: recipes[sample], key) }
            }
        }
    }

    /// Checks that a case has all that the task asks of it.
    private mutating func check(_ flowCase: FlowCase, _ recipe: SampleRecipe) {
        let cells = flowCase.domain.cells
        let fits =
            cells.count == campaign.task.cells.count
            && zip(cells, campaign.task.cells).allSatisfy { $0 % $1 == 0 }
        if !fits, told.insert("cells").inserted {
            found.append(
                root.section("grid").diagnostic(
                    "cells", "\(campaign.task.cells) do not divide the cells \(cells) of \(described(recipe))"
                ))
        }
        if case .rollout(let times) = campaign.task.kind, let last = times.last, last > flowCase.time.end,
            told.insert("end").inserted
        {
            found.append(
                root.section("task").diagnostic(
                    "times", "\(described(recipe)) ends at \(flowCase.time.end), before \(last)",
                    hint: "give times that all samples reach"))
        }
    }

    private mutating func report(_ problem: Diagnostic, of recipe: SampleRecipe, _ key: String?) {
        guard told.insert(problem.key).inserted else { return }
        // The parameter that the mistake is about, or else the one whose extreme this is.
        let culprit = campaign.parameters.map(\.name).first {
            $0 == problem.key || "constants.\($0)" == problem.key
        }
        let message = "\(described(recipe)) makes no valid case: \(problem.key): \(problem.message)"
        let name = (culprit ?? key).flatMap { parameters.has($0) ? $0 : nil }
        let section = name == nil ? root : parameters
        found.append(
            section.diagnostic(
                name ?? (recipe.family.isEmpty ? "design" : "geometry"), message, allowed: problem.allowed,
                hint: problem.hint))
    }

    /// A sample in words: `sample 3 (mach=2.1, family blob)`.
    private func described(_ recipe: SampleRecipe) -> String {
        let values = zip(campaign.parameters, recipe.parameters).map { parameter, value in
            parameter.override(value).replacing("constants.", with: "")
        }
        let parts = values.prefix(8) + (recipe.family.isEmpty ? [] : ["family \(recipe.family)"])
        return "sample \(recipe.index)" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }
}
