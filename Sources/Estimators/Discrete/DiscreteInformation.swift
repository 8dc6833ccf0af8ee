// SPDX-License-Identifier: MIT

package import EstimatorAPI

extension ContingencyTable {
  /// The estimate that `discrete` and `binning` share: information, spread and what was found.
  ///
  /// - Throws: `invalidParameter` where the correction needs a smaller alphabet.
  package func estimate(
    _ correction: DiscreteCorrection, for estimator: String
  ) throws(EstimatorError) -> Estimate {
    var estimate = try information(correction, for: estimator)
    estimate.standardError = Information(nats: standardError())
    estimate.diagnostics["standardErrorOf"] = .text("plug-in, by the delta method")
    estimate.diagnostics["occupiedCells"] = .integer(joint.count)
    estimate.diagnostics["occupiedX"] = .integer(x.count)
    estimate.diagnostics["occupiedY"] = .integer(y.count)
    estimate.diagnostics["singletons"] = .integer(profiles.joint.singletons)
    if joint.count > total / 2 {
      estimate.warnings.append(
        EstimateWarning(
          code: "saturation",
          message:
            "\(joint.count) cells hold the \(total) rows, less than 2 rows each: the number then "
            + "reflects the rows and the correction more than the dependence; use fewer bins, "
            + "classes or dimensions."))
    }
    return estimate
  }

  private func information(
    _ correction: DiscreteCorrection, for estimator: String
  ) throws(EstimatorError) -> Estimate {
    switch correction {
    case .best:
      return try information(.entropy(DiscreteCorrection.best(for: profiles.joint)), for: estimator)
    case .entropy(let kind):
      let alphabet = alphabets.x * alphabets.y
      guard !kind.needsAlphabet || alphabet < 1e100 else {
        throw .invalidParameter(
          "correction", found: kind.rawValue,
          needed: "fewer than 1e100 cells to be \(kind.rawValue); there are \(alphabet)",
          estimator: estimator)
      }
      let entropyX = kind.entropy(profiles.x, alphabet: alphabets.x)
      let entropyY = kind.entropy(profiles.y, alphabet: alphabets.y)
      let entropyXY = kind.entropy(profiles.joint, alphabet: alphabet)
      return Estimate(
        Information(nats: entropyX + entropyY - entropyXY),
        pointwise: kind == .none ? pointwise() : nil,
        diagnostics: [
          "correction": .text(kind.rawValue), "entropyXNats": .number(entropyX),
          "entropyYNats": .number(entropyY),
          "entropyXYNats": .number(entropyXY),
        ])
    case .shuffle:
      var estimate = try information(.entropy(.none), for: estimator)
      let shuffled = Information(nats: shuffledInformation(profiles.x, profiles.y))
      estimate.information = estimate.information - shuffled
      estimate.pointwise = nil
      estimate.diagnostics["correction"] = .text("shuffle")
      estimate.diagnostics["shuffledNats"] = .number(shuffled.nats)
      return estimate
    }
  }
}
