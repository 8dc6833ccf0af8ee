// SPDX-License-Identifier: MIT

package import EstimatorAPI

extension EstimateOperation {
  /// Estimates and tests, for a caller who may stop it.
  ///
  /// - Throws: `interrupted` with the permutations made, or that there is no estimate; else as
  ///   ``run(_:count:)``.
  package func runInterruptibly(_ request: EstimationRequest) throws -> Outcome {
    let count =
      permutations == 0
      ? WorkCount("estimates", of: 1, kept: "there is no result")
      : WorkCount("permutations", of: permutations, kept: "there is no result")
    return try count.interruptible(request.isCancelled) { try run(request, count: count) }
  }
}
