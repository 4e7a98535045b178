import Schema
import Testing

/// The value of an expression in x, y and z = 0.5, 2 and −3.
private func value(_ text: String) throws -> Double {
    try Expression(text, variables: ["x", "y", "z"]).evaluate([0.5, 2, -3])
}

@Suite struct ExpressionTests {
    @Test(
        arguments: [
            ("1 + 2*3", 7), ("(1 + 2)*3", 9), ("10 - 4 - 3", 3), ("12 / 3 / 2", 2), ("2^3^2", 512),
            ("-2^2", -4),
            ("2^-1", 0.5), ("--3", 3), ("1e-3 + .5", 0.501), ("2.", 2), ("2*pi", 2 * Double.pi),
            ("e", 2.718281828459045),
        ] as [(String, Double)])
    func arithmeticFollowsPrecedence(text: String, expected: Double) throws {
        #expect(abs(try value(text) - expected) < 1e-14)
    }

    @Test(
        arguments: [
            ("1 < 2", 1), ("2 <= 1", 0), ("2 == 2", 1), ("2 != 2", 0), ("1 < 2 && 2 < 1", 0),
            ("1 > 2 || 1", 1),
            ("not 1 < 2", 0), ("!0", 1), ("1 and 0 or 1", 1), ("x > 0 ? 10 : 20", 10),
            ("if(x > 1, 10, 20)", 20),
            ("0 ? 1 : 0 ? 2 : 3", 3), ("true + false", 1),
        ] as [(String, Double)])
    func logicGivesOneOrZero(text: String, expected: Double) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        arguments: [
            ("sin(pi/2)", 1), ("atan2(1, 1)*4", Double.pi), ("sqrt(16)", 4), ("abs(z)", 3),
            ("min(y, z, x)", -3),
            ("max(x, y)", 2), ("floor(-1.5)", -2), ("ceil(1.2)", 2), ("sign(z)", -1), ("step(0)", 1),
            ("step(z)", 0),
            ("hypot(3, 4, 12)", 13), ("pow(2, 10)", 1024), ("mod(-1, 3)", 2), ("log(exp(2))", 2),
            ("log10(1000)", 3),
            ("tanh(0) + cosh(0) + sinh(0)", 1), ("acos(1) + asin(0) + atan(0) + tan(0) + cos(0)", 1),
            ("erf(0)", 0),
        ] as [(String, Double)])
    func functionsAreTheUsualOnes(text: String, expected: Double) throws {
        #expect(abs(try value(text) - expected) < 1e-13)
    }

    @Test func whatDependsOnNoVariableIsFoldedToAConstant() throws {
        let expression = try Expression(
            "mach*sqrt(1.4) > 3 ? 2 : 1", variables: ["x"], constants: ["mach": 3])
        #expect(expression.constantValue == 2)
        #expect(try !Expression("0*x", variables: ["x"]).isConstant)
        #expect(Expression(constant: 2.5).constantValue == 2.5)
    }

    @Test func itKnowsWhichVariablesOccur() throws {
        let expression = try Expression("sin(t) + x", variables: ["x", "y", "z", "t"])
        #expect(expression.uses("t") && expression.uses("x") && !expression.uses("y"))
    }

    @Test(
        arguments: [
            "1 + 0.2*sin(2*pi*x)", "if(x < y, x, y)", "hypot(y, x) < 0.3 ? 1 : x*y", "max(x, y, t) - t^2",
            "t > 0.5 && x > 0", "t*t", "x", "3", "t ? x : 1", "-sqrt(abs(x))/exp(y)", "x > 0 ? t : 2",
        ])
    func rowsAgreeWithPoints(text: String) throws {
        let expression = try Expression(text, variables: ["x", "y", "t"])
        for count in [1, 2, 255, 256, 600] {
            let x = (0..<count).map { 0.01 * Double($0) - 1 }
            let y = (0..<count).map { 0.7 - 0.003 * Double($0) }
            var row = [Double](repeating: .nan, count: count)
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    row.withUnsafeMutableBufferPointer { row in
                        guard let x = x.baseAddress, let y = y.baseAddress else { return }
                        expression.evaluate(into: row, variables: [.values(x), .values(y), .uniform(0.75)])
                    }
                }
            }
            #expect(row == (0..<count).map { expression.evaluate([x[$0], y[$0], 0.75]) })
        }
    }
}

@Suite struct ExpressionErrorTests {
    private func failure(_ text: String) -> ExpressionError? {
        do throws(ExpressionError) {
            _ = try Expression(text, variables: ["x", "y"], constants: ["mach": 3])
            return nil
        } catch { return error }
    }

    @Test(
        arguments: [
            ("1 +", 4, "expected a number"), ("(1 + 2", 7, "expected \")\""),
            ("2x", 2, "expected an operator"),
            ("1 + $", 5, "unknown character"), ("x = 1", 3, "unknown operator"),
            ("2**3", 2, "unknown operator"),
            ("0 < x < 1", 7, "comparisons do not chain"), ("sin(1, 2)", 1, "takes 1 argument"),
            ("", 1, "expected"),
            ("min(1)", 1, "at least 2"), ("1 + sinn(x)", 5, "unknown name"), ("x ? 1", 6, "expected \":\""),
            ("sin + 1", 1, "is a function"), ("1 + foo", 5, "unknown name"), ("π", 1, "unknown name"),
        ])
    func mistakesCarryTheirColumn(text: String, column: Int, message: String) throws {
        let error = try #require(failure(text))
        #expect(error.column == column)
        #expect(error.message.contains(message))
    }

    @Test func misspeltNamesGetASuggestion() {
        #expect(failure("sqr(x)")?.hint == "did you mean \"sqrt\"?")
        #expect(failure("match + 1")?.hint == "did you mean \"mach\"?")
        #expect(failure("qqqqq")?.hint?.contains("known here: x, y, mach, pi, e") == true)
    }

    @Test func deepNestingIsAnErrorNotACrash() {
        let deep = String(repeating: "(", count: 50_000)
        #expect(failure(deep)?.message.contains("nested deeper") == true)
        #expect(
            failure(String(repeating: "-", count: 50_000) + "1")?.message.contains("nested deeper") == true)
        #expect(
            failure(String(repeating: "2^", count: 50_000) + "1")?.message.contains("nested deeper") == true)
        #expect(failure("1" + String(repeating: " + 1", count: 50_000)) == nil)
    }
}
