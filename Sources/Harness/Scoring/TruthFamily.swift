// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A family of ground truths that can be had at any regime and any mutual information: what
/// estimators are scored on before their number on real data is believed.
public struct TruthFamily: Sendable {
  /// The family's name, as shown in scorecards.
  public let name: String
  /// Makes the truth with the given regime and mutual information.
  public let make: @Sendable (Regime, Information) throws(EstimatorError) -> any GroundTruth

  /// The family for a kind of pair.
  ///
  /// Gaussian for two continuous sides, a Gaussian mixture with the data's class shares for labels,
  /// a symmetric channel for two sides of labels.
  public static func standard(for kind: PairKind) -> TruthFamily {
    switch kind {
    case .continuous: gaussian
    case .mixed: gaussianMixture
    case .discrete: symmetricChannel
    }
  }

  private static let gaussian = TruthFamily(name: "gaussian") {
    (regime, information) throws(EstimatorError) in
    GaussianTruth(dx: regime.dx, dy: regime.dy, information: information)
  }

  private static let gaussianMixture = TruthFamily(name: "gaussian-mixture") {
    (regime, information) throws(EstimatorError) in
    let sizes = regime.yClassSizes ?? regime.xClassSizes ?? []
    return try GaussianMixtureTruth(
      dimension: max(regime.dx, regime.dy), classProportions: sizes.map(Double.init),
      information: information)
  }

  private static let symmetricChannel = TruthFamily(name: "symmetric-channel") {
    (regime, information) throws(EstimatorError) in
    try SymmetricChannelTruth(
      xProportions: (regime.xClassSizes ?? []).map(Double.init),
      yClasses: regime.yClassSizes?.count ?? 0, information: information)
  }

  /// The truths of a ladder at a regime.
  ///
  /// - Throws: what the family refuses, for example more information than the classes hold.
  public func truths(
    for regime: Regime, ladder: [Information]
  ) throws(EstimatorError) -> [any GroundTruth] {
    var truths: [any GroundTruth] = []
    for information in ladder { truths.append(try make(regime, information)) }
    return truths
  }

  /// The levels of mutual information tried at a regime, rising from 0.
  ///
  /// Where the classes set a ceiling the levels are shares of it, as estimators bend towards it.
  public static func ladder(for regime: Regime) -> [Information] {
    guard let ceiling = regime.ceiling else {
      return [0, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8].map { Information(nats: $0) }
    }
    return [0, 0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.87, 0.95]
      .map { Information(nats: $0 * ceiling.nats) }
  }
}
