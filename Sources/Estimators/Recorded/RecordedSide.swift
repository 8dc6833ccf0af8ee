// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// One side of a pair with the profiles of its columns, for the choice of a default.
struct RecordedSide {
  let original: Variable
  let name: String
  let profiles: [ColumnProfile]

  init(_ variable: Variable, _ name: String) {
    original = variable
    self.name = name
    profiles = variable.samples?.profiles ?? []
  }

  /// Whether some column is recorded, of few values or has atoms.
  var needsSpreading: Bool { profiles.contains(where: \.needsSpreadingBesideAtoms) }

  /// Whether the side is one column that has atoms beside other numbers.
  var hasAtoms: Bool { profiles.count == 1 && profiles[0].kind == .atoms }

  /// Whether neighbors resolve a column's cells better than the densities of `auto` draw them.
  var isCoarse: Bool {
    profiles.contains { $0.needsSpreading && $0.kind != .atoms && $0.effectiveValues < 12 }
  }

  /// Whether the side is numbers that repeat, but too many different ones for labels.
  var isRecordedNumber: Bool { needsSpreading && asLabels == nil }

  /// One column of few values, with a class for each; nil for any other side.
  var asLabels: Labels? {
    switch original {
    case .labels(let labels): return labels
    case .samples(let samples):
      guard profiles.count == 1, profiles[0].kind == .fewValues else { return nil }
      return try? Labels(valuesOf: samples)
    }
  }

  var noteAsLabels: String {
    "\(name) has \(profiles[0].distinct) different values in \(profiles[0].count) rows and is taken "
      + "as labels; --continuous \(name) with -e takes it as numbers."
  }

  /// What may be meant where labels are many whole numbers, or nil.
  var noteManyLabels: String? {
    guard let labels = original.labels, labels.classSizes.count(where: { $0 > 0 }) > 20,
      labels.names.allSatisfy({ Int($0) != nil })
    else { return nil }
    return
      "\(name) is taken as labels, \(labels.classCount) classes that are whole numbers; if they are "
      + "quantities, --continuous \(name) takes them as numbers."
  }

  /// What is spread, or nil.
  var noteSpread: String? {
    let spread = profiles.indices.filter { profiles[$0].needsSpreadingBesideAtoms }
    guard let first = spread.first else { return nil }
    let profile = profiles[first]
    let step = profile.step.map { "in steps of \(shortest($0))" } ?? "on an uneven grid"
    let share = "\(percent(profile.tiedShare)) of the rows share their value"
    let what =
      profiles.count == 1
      ? "\(name) is recorded \(step), \(share)"
      : "\(spread.count) of the \(profiles.count) columns of \(name) are recorded, column \(first) "
        + "\(step), where \(share)"
    return what + ": noise within the cells, averaged over draws."
  }

  var noteAtoms: String? {
    guard hasAtoms else { return nil }
    let list = profiles[0].atoms.map { "\(shortest($0.value)) in \(percent($0.share))" }
    return "\(name) is \(list.joined(separator: ", ")) of the rows: taken apart by the chain rule."
  }
}

extension ColumnProfile {
  /// As ``needsSpreading``, of what is left where atoms are taken apart.
  var needsSpreadingBesideAtoms: Bool {
    kind == .atoms ? isRestRecorded : needsSpreading
  }
}

extension Labels {
  /// A class for each value of one column, in ascending order, named by its shortest decimal text.
  package init(valuesOf samples: Samples) throws(EstimatorError) {
    let values = samples.values.map { $0 + 0 }
    let distinct = Set(values).sorted()
    let codeOf = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    try self.init(codes: values.map { codeOf[$0] ?? 0 }, names: distinct.map(shortest))
  }
}

/// Twelve significant digits at most, without trailing zeros: 0.1 of single precision is 0.1.
package func shortest(_ value: Double) -> String {
  let isSingle = Double(Float(value)) == value
  let text = isSingle ? "\(Float(value))" : "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

private func percent(_ share: Double) -> String {
  let tenths = (1000 * share).rounded() / 10
  return "\(shortest(tenths)) %"
}
