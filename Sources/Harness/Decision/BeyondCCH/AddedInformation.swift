// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// What a teacher adds to the student about the labels: I(T; Y | S), by prediction.
///
///     I(T; Y | S) = H(Y | S) - H(Y | S, T),
///
/// each conditional entropy by the cross-entropy of a model of Y that never saw the row: logistic
/// regression for classes, ridge regression with normal errors for numbers. Either cross-entropy is
/// at least the entropy, so the difference may err to both sides; in particular a linear model does
/// not see what T and S tell about Y only jointly.
///
/// By the partial information decomposition (Dissanayake et al. 2025, arXiv 2411.07483) this is what
/// the student could never learn from its own modality plus what needs both; a teacher that adds
/// nothing can still help by reducing variance, which is what the hypothesis is about.
public struct AddedInformation: Sendable, Hashable, Codable {
  /// How it was estimated.
  public let method: String
  /// The mean difference of the two losses.
  public let information: Information
  /// Its standard error over rows.
  public let standardError: Information

  /// The difference of two predictions of the same labels.
  init(student: HeldOutPrediction, both: HeldOutPrediction) {
    let differences = zip(student.losses, both.losses).map { $0 - $1 }
    let count = Double(differences.count)
    method = student.scores == nil ? "ridge" : "logistic"
    information = Information(nats: differences.reduce(0, +) / count)
    standardError = Information(nats: standardDeviation(differences) / count.squareRoot())
  }
}
