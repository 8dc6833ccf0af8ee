// SPDX-License-Identifier: MIT

/// An estimator of the mutual information between two variables.
///
/// ## Requirements
///
/// 1. **Nats.** ``Estimate/information`` is in nats. It is not clamped at zero and never NaN: where
///    no finite number can be given, throw.
/// 2. **Same request, same bits.** The result depends on x, y, seed and parameters alone: not on
///    ``EstimationRequest/threads``, the time, the machine's load or an earlier call. All
///    randomness comes from ``EstimationRequest/seed``.
/// 3. **Nothing silent.** Rows dropped, classes merged, noise added: each is reported in the
///    diagnostics or the warnings. Input that cannot be used is refused with an error that names
///    the found and the needed value.
/// 4. **The traits are true.** Pairs, given variables, numbers of rows and dimensions beyond the
///    traits are refused (``EstimatorDescriptor/checkAccepts(_:)`` does it); claimed invariances hold
///    up to rounding.
/// 5. **Value semantics.** An estimator holds its parameters and nothing else; `estimate` may be
///    called from several threads at once.
/// 6. **Polite.** Work of more than a second asks ``EstimationRequest/isCancelled`` at least once a
///    second and then throws ``EstimatorError/cancelled``.
///
/// ## The test to pass
///
/// ```swift
/// let x = try Samples(gaussianX), y = try Samples(gaussianY)  // correlation 0.6, n = 2000
/// let request = try EstimationRequest(x: .samples(x), y: .samples(y), seed: 7)
/// let swapped = try EstimationRequest(x: .samples(y), y: .samples(x), seed: 7)
/// let estimate = try estimator.estimate(request)
/// #expect(abs(estimate.information.nats - 0.2231) < 0.05)   // -ln(1 - 0.36) / 2
/// #expect(try estimator.estimate(request) == estimate)      // the same bits again
/// var parallel = request
/// parallel.threads = 4
/// #expect(try estimator.estimate(parallel) == estimate)     // and on any number of threads
/// ```
public protocol MutualInformationEstimator: Sendable {
  /// What the estimator is.
  var descriptor: EstimatorDescriptor { get }

  /// Estimates I(x; y), or I(x; y | z) where the request has a given variable z.
  ///
  /// - Throws: an ``EstimatorError`` whose sentence a user can act on.
  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate
}

/// An estimator whose descriptor belongs to its type: the form in which Swift code, the built-ins
/// among it, writes estimators.
public protocol StaticEstimator: MutualInformationEstimator {
  /// What the estimator is.
  static var descriptor: EstimatorDescriptor { get }

  /// Keeps the parameters; checks what a range cannot say, and computes nothing.
  ///
  /// - Parameter parameters: a value for every parameter of the descriptor, in its range.
  /// - Throws: `invalidParameter` where values contradict each other.
  init(parameters: ParameterValues) throws(EstimatorError)
}

extension StaticEstimator {
  /// What the estimator is.
  public var descriptor: EstimatorDescriptor { Self.descriptor }

  /// Creates an estimator from texts, as on the command line; parameters not named keep defaults.
  ///
  /// - Throws: `unknownParameter` or `invalidParameter`, by name.
  public init(_ texts: [String: String] = [:]) throws(EstimatorError) {
    try self.init(parameters: Self.descriptor.resolve(texts))
  }
}

extension MutualInformationEstimator {
  /// The estimate, refused where its number is none.
  ///
  /// - Throws: what the estimator throws, or `failed` for NaN and infinities.
  package func finiteEstimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let estimate = try estimate(request)
    guard estimate.information.nats.isFinite else {
      throw EstimatorError(
        .failed, "Estimator \(descriptor.id) returned \(estimate.information.nats) nats.")
    }
    return estimate
  }
}
