// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// An estimator that does part of its work on each variable alone, so that pairs of one variable can
/// share it.
package protocol SideSharing: MutualInformationEstimator {
  /// What was made of one variable.
  associatedtype Side: Sendable

  /// The work on one variable.
  ///
  /// `isX` tells the first variable of a pair from the second, as random numbers may differ.
  func side(
    _ variable: Variable, isX: Bool, seed: UInt64
  ) throws(EstimatorError) -> Side

  /// The estimate that `estimate(request)` is, from the two sides of the request.
  func estimate(
    x: Side, y: Side, of request: EstimationRequest
  ) throws(EstimatorError) -> Estimate
}

extension SideSharing {
  /// Estimates I(x; y) of one pair: the two sides, then what is left.
  func estimateBySides(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let sides = parallelMap(2, threads: request.threads) { index in
      Result { () throws(EstimatorError) in
        try side(index == 0 ? request.x : request.y, isX: index == 0, seed: request.seed)
      }
    }
    return try estimate(x: sides[0].get(), y: sides[1].get(), of: request)
  }
}
