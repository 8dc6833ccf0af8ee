// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// Zero-inflated, capped and censored numbers, by the chain rule: atoms apart from the rest.
  ///
  /// With A the part that a row of x lies in, one of x's atoms or the rest, and B that of y,
  ///
  ///     I(x; y) = I(A; B) + P(B rest) I(A; y | B rest)
  ///             + P(A rest) I(x; B | A rest) + P(both rest) I(x; y | both rest)
  ///
  /// exactly, since x is constant within an atom. The first term is estimated by `discrete`, the next
  /// two by `ross` on values spread over their cells (`dequantize`), the last by the estimator inside.
  /// Sides of one column whose ``ColumnProfile`` has atoms are split; others are whole, and labels are
  /// all of B. Where neither side has atoms the number is that of the estimator inside.
  ///
  /// The standard error adds those of the terms in squares, each times its share. A term on fewer than
  /// 20 rows is taken for 0, which a warning says with the share of the rows.
  public static let atoms = EstimatorWrapper(
    name: "atoms", version: "1", summary: "repeated values apart from the rest, by the chain rule",
    traits: { traits in
      var traits = traits
      traits.isDeterministic = false
      traits.invariances.removeAll { $0 == .rowOrder || $0 == .swap }
      return traits
    },
    wrap: { inner, descriptor, _ in AtomSplitEstimator(inner: inner, descriptor: descriptor) })
}

private struct AtomSplitEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let (a, b) = (AtomParts(request.x), AtomParts(request.y))
    guard request.given == nil, a != nil || b != nil else { return try inner.estimate(request) }
    var sum = AtomTerms(request: request)
    if let a {
      if let b {
        try sum.add("parts", a.labels, b.labels, rows: nil, by: "discrete")
        try sum.add("partsOfX", a.labels, request.y, rows: b.rest, by: "dequantize+ross")
        try sum.add("partsOfY", request.x, b.labels, rows: a.rest, by: "dequantize+ross")
        let inX = Set(a.rest)
        try sum.add("rest", request.x, request.y, rows: b.rest.filter(inX.contains), inner)
      } else {
        let isLabels = request.y.labels != nil
        try sum.add(
          "parts", a.labels, request.y, rows: nil, by: isLabels ? "discrete" : "dequantize+ross")
        try sum.add("rest", request.x, request.y, rows: a.rest, inner)
      }
    } else if let b {
      let isLabels = request.x.labels != nil
      try sum.add(
        "parts", request.x, b.labels, rows: nil, by: isLabels ? "discrete" : "dequantize+ross")
      try sum.add("rest", request.x, request.y, rows: b.rest, inner)
    }
    return sum.estimate
  }
}

/// The parts of a side of one column: a class for each atom, and one for the rest.
private struct AtomParts {
  let labels: Variable
  /// The rows that lie in no atom.
  let rest: [Int]

  /// Nil where there are no atoms.
  init?(_ variable: Variable) {
    guard let samples = variable.samples, samples.dimension == 1 else { return nil }
    let values = samples.values
    let atoms = ColumnProfile(values).atoms.map(\.value)
    guard !atoms.isEmpty else { return nil }
    let codes = values.map { value in Int32(atoms.firstIndex(of: value) ?? atoms.count) }
    guard let labels = try? Labels(codes: codes, names: atoms.map { "\($0)" } + ["rest"]) else {
      return nil
    }
    self.labels = .labels(labels)
    rest = codes.indices.filter { codes[$0] == Int32(atoms.count) }
  }
}

/// The terms of the chain rule as they come.
private struct AtomTerms {
  let request: EstimationRequest
  private var nats = 0.0
  private var variance: Double? = 0
  private var diagnostics: [String: DiagnosticValue] = [:]
  private var warnings: [EstimateWarning] = []

  init(request: EstimationRequest) { self.request = request }

  private static let fewestRows = 20
  private static let registry = EstimatorRegistry.builtIn()

  mutating func add(
    _ name: String, _ x: Variable, _ y: Variable, rows: [Int]?, by id: String
  ) throws(EstimatorError) {
    try add(name, x, y, rows: rows, Self.registry.make(id))
  }

  /// Adds the information of x and y in these rows, nil for all, times their share.
  mutating func add(
    _ name: String, _ x: Variable, _ y: Variable, rows: [Int]?,
    _ estimator: any MutualInformationEstimator
  ) throws(EstimatorError) {
    try request.checkCancellation()
    let share = rows.map { Double($0.count) / Double(request.count) } ?? 1
    diagnostics["share.\(name)"] = .number(share)
    let left = rows.map { x.selecting(rows: $0) } ?? x
    let right = rows.map { y.selecting(rows: $0) } ?? y
    if share == 0 || left.isConstant || right.isConstant {
      diagnostics["nats.\(name)"] = .number(0)
      return
    }
    guard left.count >= max(Self.fewestRows, estimator.descriptor.traits.minimumSamples) else {
      diagnostics["nats.\(name)"] = .number(0)
      warnings.append(
        EstimateWarning(
          code: "smallPart",
          message: "The \(left.count) rows of the term \"\(name)\" are too few for "
            + "\(estimator.descriptor.id); their information, a share of \(share), is taken for 0.")
      )
      return
    }
    let inside = try rows.map { rows throws(EstimatorError) in try request.selecting(rows: rows) }
    let found = try estimator.estimate((inside ?? request).with(x: left, y: right))
    nats += share * found.information.nats
    diagnostics["nats.\(name)"] = .number(found.information.nats)
    let error = found.standardError?.nats ?? found.pointwise.map(errorOfNeighborTerms)
    variance = error.flatMap { error in variance.map { $0 + share * share * error * error } }
    warnings += found.warnings
  }

  var estimate: Estimate {
    Estimate(
      Information(nats: nats),
      standardError: variance.map { Information(nats: $0.squareRoot()) },
      diagnostics: diagnostics, warnings: warnings)
  }
}

extension Variable {
  /// Whether all rows are the same.
  fileprivate var isConstant: Bool {
    switch self {
    case .labels(let labels): labels.classSizes.count { $0 > 0 } <= 1
    case .samples(let samples):
      samples.withUnsafeValues { values in
        let d = samples.dimension
        return values.indices.allSatisfy { values[$0] == values[$0 % d] }
      }
    }
  }
}
