// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What the gap of one teacher as a ``Contrast`` needs besides the side of I(student; teacher | labels).
struct ContrastParts {
  /// I(student; labels | teacher); nil where it could not be estimated.
  let alone: StudentAlone?
  /// Why, where it could not.
  let refusal: Admission?
  /// A lower bound of I(student; teacher | labels) with its standard error, in nats; nil where there is none.
  let bound: (nats: Double, error: Double)?
  /// What the views share beyond the labels alike in all classes, in nats; nil where it could not be estimated.
  ///
  /// That of one Gaussian around the class means.
  let common: Double?
  /// Estimates of I(teacher; student) itself, uncalibrated, to compare with what the contrast says.
  let direct: [DirectEstimate]

  /// `asGiven` are the views before ``ClassScores``: the bound and the direct estimates are of these, so that no
  /// row that is held out has had a part in their scale.
  ///
  /// - Throws: `cancelled`; what else goes wrong leaves the part out.
  init(
    teacher: NamedVariable, student: NamedVariable, asGiven: (teacher: Variable, student: Variable),
    labels: NamedVariable, _ run: CheckRun
  ) throws(EstimatorError) {
    run.hooks.progress("what \(student.name) knows that \(teacher.name) does not")
    do throws(EstimatorError) {
      alone = try StudentAlone(
        teacher: teacher, student: student, labels: labels, rule: run.options.rule,
        setting: run.predictionSetting)
      refusal = nil
    } catch {
      if error.code == .cancelled { throw error }
      alone = nil
      refusal = run.options.rule.refuse(
        "classifiers", pair: "I(\(student.name); \(labels.name) | \(teacher.name))", error: error)
    }
    let lower = try Self.estimate(
      "gaussian-nce", NamedVariable(teacher.name, asGiven.teacher),
      NamedVariable(student.name, asGiven.student), labels, run)
    bound = lower.flatMap { found in
      found.standardError.map { (found.information.nats, $0.nats) }
    }
    common = try Self.estimate("pooled-classes+gaussian", teacher, student, labels, run)?
      .information.nats
    var direct: [DirectEstimate] = []
    for choice in Panel.standard(for: .continuous) {
      if let one = try DirectEstimate(choice, asGiven.teacher, asGiven.student, run) {
        direct.append(one)
      }
    }
    self.direct = direct
  }

  /// An estimate of I(student; teacher | classes) on all rows; nil where it fails or labels are numbers.
  private static func estimate(
    _ id: String, _ teacher: NamedVariable, _ student: NamedVariable, _ labels: NamedVariable,
    _ run: CheckRun
  ) throws(EstimatorError) -> Estimate? {
    guard labels.variable.labels != nil else { return nil }
    do throws(EstimatorError) {
      let request = try EstimationRequest(
        x: teacher.variable, y: student.variable, given: labels.variable, groups: run.groups,
        seed: run.options.seed, threads: run.options.threads, isCancelled: run.hooks.isCancelled)
      return try run.registry.make(id).finiteEstimate(request)
    } catch {
      if error.code == .cancelled { throw error }
      return nil
    }
  }
}

/// An estimate of I(teacher; student) by one estimator on all rows, as it is.
public struct DirectEstimate: Sendable, Hashable, Codable {
  /// The estimator's id.
  public let estimator: String
  /// The estimate.
  public let information: Information

  /// Nil where the estimator fails.
  ///
  /// - Throws: `cancelled`.
  fileprivate init?(
    _ choice: EstimatorChoice, _ teacher: Variable, _ student: Variable, _ run: CheckRun
  ) throws(EstimatorError) {
    do throws(EstimatorError) {
      let request = try EstimationRequest(
        x: teacher, y: student, groups: run.groups, seed: run.options.seed,
        threads: run.options.threads, isCancelled: run.hooks.isCancelled)
      information = try run.registry.make(choice.id, choice.parameters)
        .finiteEstimate(request).information
      estimator = choice.id
    } catch {
      if error.code == .cancelled { throw error }
      return nil
    }
  }
}

extension SideMember {
  /// The same, refused where it says less than a lower bound of what it estimates, by more than three errors
  /// of both.
  func refusedBelow(_ bound: (nats: Double, error: Double)) -> SideMember {
    guard admission.admitted, let value = admission.corrected?.nats else { return self }
    let least = bound.nats - 3 * norm(bound.error, error)
    guard value < least else { return self }
    let check = Admission.Check(
      rule: .lowerBound, found: value, threshold: least, passed: false,
      reason: "It says \(short(value)) nats, and a bound on held-out rows at least \(short(least))."
    )
    return SideMember(
      estimator: estimator, runner: runner, admission: admission.refused(check), deviations: [],
      samplingError: 0)
  }
}
