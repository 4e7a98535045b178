/// What the factors of large products are rounded to. Sums and weights are kept in full.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// Nothing is rounded.
    case float32
    /// Factors of large matrix products, and activations that they keep for the backward pass, are rounded to bfloat16:
    /// eight bits of mantissa, a relative error of 2⁻⁹ a factor. Sums, weights, gradients and optimisers stay in single
    /// precision. The range of exponents is that of single precision, so that losses need no scaling. Networks in double
    /// precision ignore it.
    case bfloat16
}
