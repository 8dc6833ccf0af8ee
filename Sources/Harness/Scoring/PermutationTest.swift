// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// A permutation test of independence with any estimator.
///
/// The rows of y are rearranged, by default shuffled (``Surrogates``), which breaks every dependence and keeps both marginals; the p-value is
/// (1 + number of permutations whose estimate reaches the real one) / (1 + permutations), which is
/// valid at any number of permutations (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
///
/// It stops early once `enough` permutations have reached the estimate, and then the p-value is
/// enough / permutations made (Besag and Clifford 1991, doi:10.1093/biomet/78.2.301): independence does
/// not cost the full number (``SurrogateNumbers``). Given z, rows of x trade places with rows near in z
/// (``LocalPermutation``): the test is then of independence given z. Where rows come in groups, a shuffle exchanges whole groups of equal size
/// (``GroupExchange``), as the rows of a group are not exchangeable. A variable with one value throughout is independent of everything: its
/// p-value is 1, and no estimate is made.
public struct PermutationTest: Sendable, Hashable, Codable {
  /// The p-value of independence.
  public let pValue: Double
  /// The permutations made.
  public let permutations: Int
  /// How many of them reached the estimate.
  public let reached: Int
  /// True where it stopped early.
  public let stoppedEarly: Bool
  /// How rows were rearranged.
  package let surrogates: Surrogates

  /// True where one variable has the same value in every row: no permutation changes anything, the
  /// p-value is 1 and the information 0.
  package static func isCertain(_ request: EstimationRequest) -> Bool {
    request.x.isConstant || request.y.isConstant
  }

  /// Runs the test.
  ///
  /// - Throws: what the estimator throws, on the data or on a permutation of it; `tooFewSamples` where
  ///   rows come in groups that are too few of one size to be shuffled.
  package init(
    _ estimator: any MutualInformationEstimator, _ request: EstimationRequest, permutations: Int,
    enough: Int = 20, surrogates: Surrogates = .shuffle
  ) throws(EstimatorError) {
    precondition(permutations >= 1 && enough >= 1)
    if Self.isCertain(request) {
      self.init(certain: surrogates)
      return
    }
    let rearrangement = try Rearrangement(surrogates, of: request)
    var whole = request
    whole.progress = { _ in }  // progress is that of the permutations
    let real = try estimator.finiteEstimate(whole).information.nats
    let numbers = try SurrogateNumbers(
      permutations, enough: enough, real: real, progress: request.progress,
      isCancelled: request.isCancelled
    ) { batch throws(EstimatorError) in
      try parallelResults(batch, threads: request.threads) { index throws(EstimatorError) in
        // An estimator of less than a second does not ask by itself.
        try request.checkCancellation()
        return try estimator.finiteEstimate(request.rearranged(rearrangement.rows(index)))
          .information.nats
      }
    }
    self.init(numbers, by: surrogates)
  }

  /// The test that numbers of rearranged data make.
  package init(_ numbers: SurrogateNumbers, by surrogates: Surrogates) {
    self.surrogates = surrogates
    permutations = numbers.values.count
    reached = numbers.reached
    stoppedEarly = numbers.stoppedEarly
    pValue = numbers.pValue
  }

  /// The test where one variable has one value.
  package init(certain surrogates: Surrogates) {
    self.surrogates = surrogates
    (pValue, permutations, reached, stoppedEarly) = (1, 0, 0, false)
  }
}

/// `body` of each index in order, computed on up to `threads` threads; the first error is thrown.
func parallelResults<Value: Sendable>(
  _ indices: Range<Int>, threads: Int,
  _ body: @Sendable (Int) throws(EstimatorError) -> Value
) throws(EstimatorError) -> [Value] {
  let outcomes = parallelMap(indices.count, threads: threads) {
    offset -> Result<Value, EstimatorError> in
    do throws(EstimatorError) {
      return .success(try body(indices.lowerBound + offset))
    } catch {
      return .failure(error)
    }
  }
  var values: [Value] = []
  for outcome in outcomes { values.append(try outcome.get()) }
  return values
}

extension Variable {
  /// True where every row is the same.
  fileprivate var isConstant: Bool {
    switch self {
    case .samples(let samples):
      (0..<samples.count).allSatisfy { row in
        (0..<samples.dimension).allSatisfy { column in
          samples.values[row * samples.dimension + column] == samples.values[column]
        }
      }
    case .labels(let labels): labels.codes.allSatisfy { $0 == labels.codes[0] }
    }
  }
}
