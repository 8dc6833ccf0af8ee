// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A distribution of pairs whose mutual information is known: what an estimator is scored against.
///
/// ## What an implementer promises
///
/// 1. `information` is I(X; Y) of the distribution that `sample` draws from, up to
///    `informationError`: zero for closed forms, the stated error of a quadrature otherwise.
/// 2. The same `count` and `seed` give the same bits.
/// 3. Rows are independent draws.
/// 4. Where `pointwise` is not nil, its mean over draws tends to `information`. That is the test to
///    pass: over 1e5 draws within four standard errors.
public protocol GroundTruth: Sendable {
  /// A stable name with the parameters in it, for example `gaussian-5-5-0.5`.
  var id: String { get }
  /// One line of what it is.
  var summary: String { get }
  /// The number of columns of x; 1 for labels.
  var dx: Int { get }
  /// The number of columns of y; 1 for labels.
  var dy: Int { get }
  /// The kind of the pair.
  var kind: PairKind { get }
  /// The mutual information.
  var information: Information { get }
  /// A bound on the numeric error of `information`; zero for closed forms.
  var informationError: Information { get }

  /// Draws `count` independent rows.
  func sample(_ count: Int, seed: UInt64) -> SamplePair

  /// ln p(x, y) / (p(x) p(y)) of each row in nats, or nil where there is no density.
  ///
  /// The density is with respect to the product of the marginals, so labels have one too.
  func pointwise(_ pair: SamplePair) -> [Double]?
}

extension GroundTruth {
  /// Nil: no density is known.
  public func pointwise(_ pair: SamplePair) -> [Double]? { nil }
}

/// Rows drawn from a ground truth.
public struct SamplePair: Sendable {
  /// The first variable.
  public let x: Variable
  /// The second variable, the same rows.
  public let y: Variable

  /// Creates a pair of variables with equally many rows.
  public init(x: Variable, y: Variable) {
    precondition(x.count == y.count, "x has \(x.count) rows and y \(y.count)")
    self.x = x
    self.y = y
  }

  /// The number of rows.
  public var count: Int { x.count }
}

extension SamplePair {
  /// The pair of two continuous sides, row-major, as a sampler makes them.
  ///
  /// Traps on a number that is not finite: a sampler that makes one is wrong.
  package init(x: [Double], dx: Int, y: [Double], dy: Int) {
    self.init(
      x: .samples(trusted(x, dimension: dx)), y: .samples(trusted(y, dimension: dy)))
  }

  /// The pair of a continuous side and class codes named by their number.
  package init(x: [Double], dx: Int, codes: [Int32], classCount: Int) {
    self.init(
      x: .samples(trusted(x, dimension: dx)),
      y: .labels(trusted(codes, classCount: classCount)))
  }
}

/// Samples from a sampler's own numbers.
package func trusted(_ values: [Double], dimension: Int) -> Samples {
  do throws(EstimatorError) {
    return try Samples(rowMajor: values, count: values.count / dimension, dimension: dimension)
  } catch {
    preconditionFailure("a sampler made bad numbers: \(error)")
  }
}

/// Labels from a sampler's own codes, named by their number.
package func trusted(_ codes: [Int32], classCount: Int) -> Labels {
  do throws(EstimatorError) {
    return try Labels(codes: codes, names: (0..<classCount).map(String.init))
  } catch {
    preconditionFailure("a sampler made bad labels: \(error)")
  }
}

/// Keeps a sampler's stream apart from the streams that an estimator derives from the same seed.
package let samplerStream: UInt64 = 0x5341_4D50_4C45
