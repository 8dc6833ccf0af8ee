// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// The estimators of I(teacher; student | labels), one of each family.
package enum SharedPanel {
  /// The default choice: a pooled Gaussian and one of each class, copulas around the class means,
  /// neighbors within the classes, and a contrastive lower bound.
  package static func standard(given labels: Variable) -> [EstimatorChoice] {
    let neighbors = EstimatorChoice("ksg-1", ["scale": "standardize"])
    guard labels.labels != nil else {
      return [EstimatorChoice("gaussian"), EstimatorChoice("gaussian-copula"), neighbors]
    }
    return [
      EstimatorChoice("pooled-classes+gaussian"), EstimatorChoice("gaussian"),
      EstimatorChoice("pooled-classes+gaussian-copula"),
      EstimatorChoice("pooled-classes+student-copula"), neighbors,
      EstimatorChoice("gaussian-nce", ["folds": "3"]),
    ]
  }

  /// The user's estimators as they estimate given the labels: by themselves where they can, else within
  /// classes; where none fits, those of the default that are registered.
  ///
  /// - Throws: `unknownEstimator`.
  static func choices(
    _ named: [EstimatorChoice], given labels: Variable, registry: EstimatorRegistry
  ) throws(EstimatorError) -> [EstimatorChoice] {
    var fitting: [EstimatorChoice] = []
    for choice in named {
      let traits = try registry.entry(choice.id).descriptor.traits
      guard traits.kinds.contains(.continuous) else { continue }
      let isClasses = labels.labels != nil
      if traits.given.contains(isClasses ? .labels : .continuous) {
        fitting.append(choice)
      } else if isClasses {
        fitting.append(EstimatorChoice("within-classes+" + choice.id, choice.parameters))
      }
    }
    guard fitting.isEmpty else { return fitting }
    return standard(given: labels).filter { (try? registry.entry($0.id)) != nil }
  }
}
