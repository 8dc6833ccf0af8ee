// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// What a teacher says of the labels beyond what the student says: I(T; Y | S).
///
/// The hypothesis compares I(T; S) with I(S; Y), and neither sees whether the teacher knows anything
/// of the labels that the student does not. This is the question itself: the mean over held-out rows of
/// ln q(y | t, s) - ln q(y | s), both by cross-fitted classifiers (see ``ClassifierEstimator``).
///
/// ``AddedInformation`` asks it of linear models alone; here the backend is chosen, and standard error
/// and grouped folds are those of ``ClassifierEstimator``.
///
/// It errs low by what the larger model pays for its weights, and high where the classifiers of s alone
/// are too rigid for it. It is of these rows and these representations: a student that could learn more
/// from its own input has less to gain than this says.
package struct TeacherBeyondStudent: Sendable, Hashable, Codable {
  /// I(T; Y | S) in nats.
  package let nats: Double
  /// Its standard error over rows.
  package let standardErrorNats: Double
  /// The cross-entropy of the labels given the student alone, where they are discrete: about the most
  /// that any teacher could add.
  package let leftByStudentNats: Double?
  /// What the classifiers warned of.
  package let warnings: [EstimateWarning]

  /// Estimates it by the classifier's `backend`; y may be labels or numbers.
  ///
  /// - Throws: what ``ClassifierEstimator`` throws: `constantColumn`, `tooFewSamples`, `diverged`,
  ///   `cancelled`; `rowsDiffer`.
  package init(
    teacher: Samples, student: Samples, labels: Variable, backend: String = "best",
    groups: [Int]? = nil, seed: UInt64 = 0, threads: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(EstimatorError) {
    var request = try EstimationRequest(
      x: .samples(teacher), y: labels, given: .samples(student), seed: seed, threads: threads,
      isCancelled: isCancelled)
    request.groups = groups
    let estimate = try ClassifierEstimator(["backend": backend]).estimate(request)
    nats = estimate.information.nats
    standardErrorNats = estimate.standardError?.nats ?? 0
    if case .number(let left)? = estimate.diagnostics["givenAlone.crossEntropyNats"] {
      leftByStudentNats = left
    } else {
      leftByStudentNats = nil
    }
    warnings = estimate.warnings
  }
}
