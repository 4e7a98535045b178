import Numerics

/// A family of bodies: every sample that belongs to it has one of its members in the place of the first body.
public struct GeometryFamily: Sendable {
    /// Names it in splits and in the dataset; unique.
    public let name: String
    /// How many samples it gets, in proportion to those of the other families.
    public let weight: Double
    /// How many different members are used, one after the other; nil: as many as there are samples.
    public let count: Int?
    /// Its members.
    let members: any ShapeFamily
    /// Further keys of the body and their values in TOML, such as its wall.
    let bodyKeys: [ShapeEntry]

    /// A member of the family, and the keys of its body.
    ///
    /// - Parameters:
    ///   - number: Which sample of this family it is for, from 0.
    ///   - seed: The seed of the campaign.
    ///   - family: The place of the family in the campaign.
    func member(_ number: Int, seed: UInt64, family: Int) -> FamilyMember {
        let form = number % max(min(members.memberCount ?? Int.max, count ?? Int.max), 1)
        // The form of a body depends on its number among the forms, where it is put on that of the sample.
        let stream = { (number: Int, last: Int) in
            RandomPurpose.geometry.stream(family << 40 | number << 1 | last)
        }
        var source = FamilySource(
            number: form, seed: seed, stream: family << 40 | form,
            form: RandomStream(seed: seed, stream: stream(form, 0)),
            place: RandomStream(seed: seed, stream: stream(number, 1)))
        var member = members.member(&source)
        member.entries += bodyKeys
        return member
    }
}

/// What a member of a family is made from.
struct FamilySource {
    /// The number of the form among those of its family.
    var number: Int
    /// The seed of the campaign.
    var seed: UInt64
    /// The number of the form among those of all families.
    var stream: Int
    /// Random numbers for the form.
    var form: RandomStream
    /// Random numbers for where and how it is put.
    var place: RandomStream
}

/// A key of a shape and its value in TOML.
struct ShapeEntry: Sendable, Equatable {
    var key: String
    var value: String

    init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }

    init(_ key: String, _ value: Double) { self.init(key, CampaignParameter.text(value)) }

    init(_ key: String, _ values: [Double]) {
        self.init(key, "[" + values.map(CampaignParameter.text).joined(separator: ", ") + "]")
    }
}

/// A body that a family has made.
struct FamilyMember: Sendable, Equatable {
    /// What form it has, wherever and however large it is put: bodies of one form never lie in different splits.
    var form: String
    /// The keys of its table.
    var entries: [ShapeEntry]

    /// The table in TOML.
    var table: String { "{ " + entries.map { "\($0.key) = \($0.value)" }.joined(separator: ", ") + " }" }
}

/// Makes the members of a family.
protocol ShapeFamily: Sendable {
    /// How many forms there are; nil where there is no end of them.
    var memberCount: Int? { get }
    /// The next member.
    func member(_ source: inout FamilySource) -> FamilyMember
    /// The files that its members come from; empty where none do.
    var files: [String] { get }
}

extension ShapeFamily {
    /// None.
    var files: [String] { [] }
}

/// A range out of which a number is drawn; a single number where both ends are the same.
struct ValueRange: Sendable, Equatable {
    var lower: Double
    var upper: Double

    /// A number out of the range.
    func value(_ random: inout RandomStream) -> Double {
        lower == upper ? lower : min(lower + (upper - lower) * random.uniform(), upper)
    }

    /// A whole number out of the range, both ends included.
    func whole(_ random: inout RandomStream) -> Int {
        Int(lower) + random.index(below: Int(upper) - Int(lower) + 1)
    }
}
