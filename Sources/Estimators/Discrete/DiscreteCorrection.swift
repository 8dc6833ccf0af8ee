// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The values of `-p correction=` of `discrete` and `binning`.
package enum DiscreteCorrection: Sendable, Hashable {
  /// H(X) + H(Y) - H(X, Y), every entropy by the same estimator.
  case entropy(EntropyCorrection)
  /// The plug-in information less its mean over all shuffles of one side.
  case shuffle

  /// The words that name them.
  package static let names = EntropyCorrection.allCases.map(\.rawValue) + ["shuffle"]

  /// The parameter of an estimator that takes them.
  package static let parameter = ParameterSpecification(
    "correction", .choice(names), default: .text("miller-madow"),
    meaning: "how the bias of the plug-in entropies is corrected")

  /// The correction called `name`, one of ``names``.
  package init(name: String) {
    self = EntropyCorrection(rawValue: name).map { .entropy($0) } ?? .shuffle
  }
}
