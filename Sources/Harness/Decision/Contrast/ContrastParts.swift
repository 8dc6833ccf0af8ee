// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What the gap of one teacher as a ``Contrast`` needs besides the side of I(student; teacher | labels).
struct ContrastParts {
  /// I(student; labels | teacher); nil where it could not be estimated.
  let alone: StudentAlone?
  /// Why, where it could not.
  let failure: EstimatorError?
  /// A lower bound of I(student; teacher | labels) with its standard error, in nats; nil where there is none.
  let bound: (nats: Double, error: Double)?
  /// Estimates of I(teacher; student) itself, uncalibrated, to compare with what the contrast says.
  let direct: [DirectEstimate]

  /// - Throws: `cancelled`; what else goes wrong leaves the part out.
  init(
    teacher: NamedVariable, student: NamedVariable, labels: NamedVariable, _ run: CheckRun
  ) throws(EstimatorError) {
    run.hooks.progress("what \(student.name) knows that \(teacher.name) does not")
    do throws(EstimatorError) {
      alone = try StudentAlone(
        teacher: teacher, student: student, labels: labels, rule: run.options.rule,
        setting: run.predictionSetting)
      failure = nil
    } catch {
      if error.code == .cancelled { throw error }
      alone = nil
      failure = error
    }
    bound = try Self.bound(teacher, student, labels, run)
    var direct: [DirectEstimate] = []
    for choice in Panel.standard(for: .continuous) {
      if let one = try DirectEstimate(choice, teacher, student, run) { direct.append(one) }
    }
    self.direct = direct
  }

  private static func bound(
    _ teacher: NamedVariable, _ student: NamedVariable, _ labels: NamedVariable, _ run: CheckRun
  ) throws(EstimatorError) -> (nats: Double, error: Double)? {
    guard labels.variable.labels != nil else { return nil }
    do throws(EstimatorError) {
      var request = try EstimationRequest(
        x: teacher.variable, y: student.variable, given: labels.variable, seed: run.options.seed,
        threads: run.options.threads, isCancelled: run.hooks.isCancelled)
      request.groups = run.groups
      let found = try run.registry.make("gaussian-nce").finiteEstimate(request)
      return found.standardError.map { (found.information.nats, $0.nats) }
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
    _ choice: EstimatorChoice, _ teacher: NamedVariable, _ student: NamedVariable, _ run: CheckRun
  ) throws(EstimatorError) {
    do throws(EstimatorError) {
      let request = try EstimationRequest(
        x: teacher.variable, y: student.variable, seed: run.options.seed,
        threads: run.options.threads, isCancelled: run.hooks.isCancelled)
      information = try run.registry.make(choice.id, choice.parameters)
        .checkedEstimate(request).information
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
      rule: "lower bound", found: value, threshold: least, passed: false,
      reason: "It says \(short(value)) nats, and a bound on held-out rows at least \(short(least)).")
    return SideMember(
      estimator: estimator, runner: runner, admission: admission.refused(check), deviations: [],
      samplingError: 0)
  }
}
