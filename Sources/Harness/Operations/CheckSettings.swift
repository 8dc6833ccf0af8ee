// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The options of `mi check` as they are given, whichever interface they come through.
package struct CheckSettings: Sendable, Decodable {
  /// The estimators with their parameters; none: the default panel.
  package var estimators: [EstimatorChoice] = []
  /// `auto`, `raw`, `logits` or `pca=K`.
  package var represent = "auto"
  /// The caller's word that no row was used in training the networks.
  package var heldOut = false
  /// The probability of a wrong verdict in the whole check.
  package var alpha = 0.05
  /// Synthetic samples at each level of a scorecard.
  package var replicates = 20
  /// Subsamples of half the rows behind the interval.
  package var subsamples = 40
  /// Whether all teachers side by side are one more candidate.
  package var joint = false
  /// Seconds for estimators; nil: all of them are run.
  package var budget: Double?
  /// What is known of the order of rows: `time` or `unknown`.
  package var order: String?
  /// How the gap is found: `on`, as a contrast where it can be, or `off`; nil: on.
  package var contrast: String?

  /// Rows from each teacher to the student, a whole number or `auto`; nil: rows are paired as they are.
  package var lag: String?
  /// The largest lag that `auto` tries; nil: 10.
  package var maxLag: Int?

  package init() {}

  /// How teachers are moved in time.
  ///
  /// - Throws: `invalidOption`.
  package func alignment() throws(EstimatorError) -> CheckAlignment? {
    guard let lag else { return nil }
    return try CheckAlignment(lag: lag, most: maxLag ?? 10)
  }

  /// The options with their types.
  ///
  /// - Throws: `invalidOption` for one out of its bounds.
  package func options(seed: UInt64, threads: Int) throws(EstimatorError) -> CheckOptions {
    var options = CheckOptions()
    guard let representation = Representation(represent) else {
      throw .option("represent", found: "\"\(represent)\"", needed: "auto, raw, logits or pca=K")
    }
    guard alpha > 0, alpha < 0.5 else {
      throw .option("alpha", found: "\(alpha)", needed: "a number between 0 and 0.5")
    }
    try within("replicates", replicates, 5...1_000_000)
    try within("subsamples", subsamples, 10...1_000_000)
    try checkSeconds("budget", budget)
    if let order {
      guard let known = RowOrder(rawValue: order) else {
        throw .option("order", found: "\"\(order)\"", needed: "time or unknown")
      }
      options.order = known
    }
    if let contrast {
      guard ["on", "off"].contains(contrast) else {
        throw .option("contrast", found: "\"\(contrast)\"", needed: "on or off")
      }
      options.usesContrast = contrast == "on"
    }
    options.joint = joint
    options.budget = budget.map { .seconds($0) }
    options.estimators = estimators
    options.representation = representation
    options.heldOutConfirmed = heldOut
    options.alpha = alpha
    options.replicates = replicates
    options.subsamples = subsamples
    options.seed = seed
    options.threads = threads
    return options
  }

  /// Refuses names of teachers that are missing, equal, or those of another variable.
  ///
  /// - Throws: `invalidOption`.
  package static func check(teachers names: [String]) throws(EstimatorError) {
    guard !names.isEmpty else {
      throw .option("teachers", found: "empty", needed: "at least one")
    }
    guard Set(names + ["student", "labels", "groups"]).count == names.count + 3 else {
      throw .option(
        "teachers", found: names.joined(separator: ", "),
        needed: "different names, other than student, labels and groups")
    }
  }
}
