// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The values of `-p correction=` of `discrete` and `binning`.
///
/// The article DiscreteEntropies has the measured error of each, and what `best` is judged by.
package enum DiscreteCorrection: Sendable, Hashable {
  /// The jackknife where the sample covers the joint distribution, otherwise NSB.
  case best
  /// H(X) + H(Y) - H(X, Y), every entropy by the same estimator.
  case entropy(EntropyCorrection)
  /// The plug-in information less its mean over all shuffles of one side.
  case shuffle

  /// The words that name them.
  package static let names =
    ["best"] + EntropyCorrection.allCases.map(\.rawValue) + ["shuffle"]

  /// The parameter of an estimator that takes them.
  package static let parameter = ParameterSpecification(
    "correction", .choice(names), default: .text("best"),
    meaning: "how the bias of the plug-in entropies is corrected")

  /// The correction called `name`, one of ``names``.
  package init(name: String) {
    self =
      EntropyCorrection(rawValue: name).map { .entropy($0) } ?? (name == "best" ? .best : .shuffle)
  }

  /// What `best` stands for: Turing's coverage 1 - f1/n of the joint cells is at least 0.9, or not.
  ///
  /// f1 is the number of cells seen once. Where it is small, all corrections but NSB, shrinkage and
  /// the plug-in agree, and NSB's prior still pulls; where it is not, NSB alone stays usable.
  package static func best(for joint: CountProfile) -> EntropyCorrection {
    10 * joint.singletons <= joint.total ? .jackknife : .nsb
  }
}
