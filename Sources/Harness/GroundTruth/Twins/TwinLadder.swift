// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Truths with the shape of labelled data at several levels of information: its Gaussian classes,
/// with the pairs broken, with more noise, as they are, and with less noise.
///
/// A jointly Gaussian ladder tells how an estimator bends on Gaussians. On data that fall into clusters
/// it may bend otherwise: neighbors resolve ten clusters in 9 + 9 columns well, and a Gaussian of the same
/// information badly. This ladder tells how it bends on data like these.
struct TwinLadder: Sendable {
  /// The name of the family, as shown in scorecards.
  static let family = "class-twins"

  /// The variances within the classes, as multiples of the data's.
  static let factors = [8, 4, 2, 1, 0.5, 0.25, 0.125]

  /// Whether the twin's classes are fitted well enough to read estimates by: ten rows per class for every
  /// column at least.
  ///
  /// With three (1000 rows, ten classes, 16 + 16 columns) the fitted classes share far more than the
  /// real ones, and the gap came out 0.6 nats too high.
  static func isDetermined(_ twin: ClassTwin, rows: Int) -> Bool {
    let columns = twin.kind == .continuous ? twin.dx + twin.dy : twin.dx
    return rows >= 10 * columns * twin.classCount
  }

  /// The truths by rising information, the unpaired one first.
  let truths: [any GroundTruth]

  /// The ladder around a twin of the data.
  init(around twin: ClassTwin) {
    let noisy = Self.factors.compactMap { factor in factor == 1 ? twin : twin.noise(factor) }
    // Where all levels hold what the classes hold, noise in their truths must not break the order.
    var truths: [any GroundTruth] = [UnpairedTwin(paired: twin)]
    for next in noisy where next.information.nats > truths[truths.count - 1].information.nats + 0.02
    {
      truths.append(next)
    }
    self.truths = truths
  }
}
