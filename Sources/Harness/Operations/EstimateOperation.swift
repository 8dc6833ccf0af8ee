// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// `mi estimate`: what the command, the C interface and Python share between the data and the output.
package struct EstimateOperation: Sendable {
  /// The estimator that runs.
  package let entry: EstimatorRegistry.Entry
  /// Its parameters.
  package let parameters: ParameterValues
  /// What the default made of the data; nil where an estimator was named.
  package let plan: DefaultPlan?
  /// Shuffles of a test of independence; 0 makes none.
  package let permutations: Int
  /// How the test rearranges rows; nil: shuffled, with a warning where rows are ordered, and given a
  /// third variable near rows trade places.
  package let surrogates: Surrogates?
  /// The scales that the number is also wanted on.
  package let normalizations: [Normalization]

  package init(
    entry: EstimatorRegistry.Entry, parameters: ParameterValues, plan: DefaultPlan?,
    permutations: Int, surrogates: Surrogates? = nil, normalizations: [Normalization] = []
  ) {
    self.entry = entry
    self.parameters = parameters
    self.plan = plan
    self.permutations = permutations
    self.surrogates = surrogates
    self.normalizations = normalizations
  }

  /// Whether an id asks for the default by the kinds and the recording of the data: none, or `auto`.
  package static func isDefault(_ id: String?) -> Bool { id == nil || id == "auto" }

  /// Refuses a combination of options that asks for nothing.
  ///
  /// - Throws: `invalidOption`.
  package static func check(
    permutations: Int, surrogates: Surrogates? = nil, isConditional: Bool, hasGroups: Bool
  ) throws(EstimatorError) {
    try within("permutations", permutations, 0...1_000_000_000)
    guard permutations > 0 || surrogates == nil else {
      throw EstimatorError(
        .invalidOption,
        "Surrogates are for a test of independence; say how many with permutations (--permutations)."
      )
    }
    guard isConditional || surrogates != .local else {
      throw EstimatorError(
        .invalidOption,
        "Surrogates local trade places among rows near in what is given; name it with given (--given)."
      )
    }
    guard permutations > 0, isConditional else { return }
    guard surrogates == nil || surrogates == .local else {
      throw EstimatorError(
        .invalidOption,
        "Surrogates \(surrogates?.rawValue ?? "") would break the tie of x to what is given, which a "
          + "conditional test must keep; it needs local, or none named.")
    }
    guard !hasGroups else {
      throw EstimatorError(
        .invalidOption,
        "A conditional test lets single rows near in what is given trade places, which rows of a group "
          + "cannot; leave out groups or permutations.")
    }
  }

  /// What rounding took, where the default read recorded numbers and the difference shows.
  private func roundingNote(_ estimate: inout Estimate, _ given: EstimationRequest) -> String? {
    guard let plan, given.given == nil,
      let loss = RoundingLoss(estimate.information.nats, plan.profilesX, plan.profilesY),
      let note = loss.note(
        estimate.information.nats, error: estimate.standardError?.nats ?? 0.01)
    else { return nil }
    if loss.unroundedNats.isFinite {
      estimate.diagnostics["unroundedNats"] = .number(loss.unroundedNats)
    }
    return note
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let estimate: Estimate
    package let test: PermutationTest?
    /// The request as it ran: labels in place of few values.
    package let request: EstimationRequest
    /// What was done because of how the values were recorded, and what it means; empty where an
    /// estimator was named.
    package let assumptions: [String]
    /// The number on the scales asked for.
    package let normalized: [NormalizedValue]
    /// The time of the estimate alone, in seconds.
    package let seconds: Double
  }

  /// Estimates and tests.
  ///
  /// - Throws: what the estimator throws, and `aboveCeiling` for a number that cannot be.
  package func run(
    _ given: EstimationRequest, count: WorkCount? = nil
  ) throws(EstimatorError) -> Outcome {
    var request = given
    if let plan {
      let rows = plan.copies?.distinctRows
      let part = try rows.map { rows throws(EstimatorError) in try given.selecting(rows: rows) }
      let whole = part ?? given
      request = try whole.with(x: plan.x, y: plan.y, given: whole.given)
      request.progress = given.progress
    }
    for (side, name) in [(request.x, "x"), (request.y, "y")] {
      try side.refuseIdentifier(named: name)
    }
    let estimator = try entry.make(parameters)
    let clock = ContinuousClock()
    let start = clock.now
    let isCertain = permutations > 0 && PermutationTest.isCertain(request)
    var estimate = try isCertain ? .ofAConstant : estimator.finiteEstimate(request)
    let seconds = (clock.now - start) / .seconds(1)
    estimate.addErrorOfTerms()
    if given.given == nil {
      let ceiling = InformationCeiling(request.x, request.y, estimator: entry.descriptor)
      try ceiling?.check(estimate, of: entry.descriptor)
      ceiling?.lower(&estimate, of: entry.descriptor)
    }
    let progress = request.progress
    request.progress = { share in
      count?.reach(share)
      progress(share)
    }
    let test =
      permutations == 0
      ? nil
      : try PermutationTest(
        estimator, request, permutations: permutations,
        surrogates: surrogates ?? (request.given == nil ? .shuffle : .local))
    for (side, name) in [(request.x, "x"), (request.y, "y")] {
      guard let form = side.labels.flatMap({ LabelForm($0) }) else { continue }
      estimate.warnings.append(EstimateWarning(code: "labelForm", message: form.sentence(name)))
    }
    estimate.add(
      RowMemory(given.x, given.y), surrogates: test.map(\.surrogates),
      hasWindow: parameters.values["theiler"] ?? .integer(0) != .integer(0))
    let (number, used) = (estimate, request)
    let normalized = try normalizations.map { scale throws(EstimatorError) in
      try NormalizedValue(scale, of: number, used)
    }
    if let copies = plan?.copies {
      estimate.pointwise = estimate.pointwise.map(copies.spread)
    } else if plan == nil, let copies = RowCopies(given) {
      estimate.warnings.append(copies.warning)
    }
    let assumptions = (plan?.notes ?? []) + (roundingNote(&estimate, given).map { [$0] } ?? [])
    return Outcome(
      estimate: estimate, test: test, request: request, assumptions: assumptions,
      normalized: normalized, seconds: seconds)
  }
}

extension Estimate {
  /// What the order of the rows means for errors and p-values.
  fileprivate mutating func add(_ memory: RowMemory, surrogates: Surrogates?, hasWindow: Bool) {
    guard memory.isOrdered else { return }
    diagnostics["effectiveRows"] = .number(memory.effectiveRows)
    diagnostics["rowMemory"] = .number(memory.length)
    let keepsSeries = surrogates == .shift || surrogates == .block
    let warning =
      surrogates == .local
      ? memory.warningOfLocalPermutations
      : keepsSeries
        ? memory.warningOfSurrogates : hasWindow && surrogates == nil ? nil : memory.warning
    if let warning { warnings.append(warning) }
  }

  /// An error from the rows' terms, where the estimator gives none.
  mutating func addErrorOfTerms() {
    guard standardError == nil, let terms = pointwise, terms.count > 1 else { return }
    standardError = Information(nats: errorOfNeighborTerms(terms))
    diagnostics["standardErrorBy"] = .text("the spread of the rows' terms, times 1.25")
  }

  /// What a variable of one value shares with any other; an estimator would refuse it, but a test of
  /// independence has an answer.
  static var ofAConstant: Estimate {
    Estimate(
      Information(nats: 0),
      warnings: [
        EstimateWarning(
          code: "constantVariable",
          message:
            "One variable is the same in every row: it shares nothing with any other, and the "
            + "estimator was not run.")
      ])
  }
}
