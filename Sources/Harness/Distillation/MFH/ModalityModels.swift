// SPDX-License-Identifier: MIT

import Estimators

/// The models of one drawing of the test bed, and what is exact of them.
struct ModalityModels {
  let bed: ModalityTestBed
  let overlap: Int
  /// The test rows as published.
  let test: ModalityRows
  /// The direction that makes the labels.
  let direction: [Double]
  /// The teacher's weights, the intercept behind them.
  let teacher: [Double]
  /// The weights of the student without a teacher.
  let alone: [Double]
  private let training: ModalityRows
  private let opinions: [Double]
  private let dealt: [Double]
  private let initials: RandomSource

  /// Draws the rows and trains the teacher and the student alone.
  init(_ bed: ModalityTestBed, overlap: Int, seed: UInt64) {
    var random = RandomSource(seed: seed, fnv1a("mfh"))
    direction = random.normals(20)
    training = ModalityRows(bed.trainingRows, direction, overlap: overlap, using: &random)
    test = ModalityRows(bed.testRows, direction, overlap: overlap, using: &random)
    let initials = random
    func fit(_ x: Matrix, _ labels: [Double]) -> [Double] {
      var random = initials
      return bed.descend(x, labels, weight: 0, opinions: nil, using: &random)
    }
    teacher = fit(training.teacher, training.labels)
    alone = fit(training.student, training.labels)
    let opinions = ModalityTestBed.logits(training.teacher, teacher).map {
      1 / (1 + exponential(-$0))
    }
    dealt = random.permutation(bed.trainingRows).map { opinions[$0] }
    self.opinions = opinions
    self.initials = initials
    self.bed = bed
    self.overlap = overlap
  }

  /// The weights of the student with the teacher.
  func taught(weight: Double) -> [Double] { taught(weight, by: opinions) }

  /// The weights of the student with the teacher's rows shuffled.
  func taughtByShuffled(weight: Double) -> [Double] { taught(weight, by: dealt) }

  private func taught(_ weight: Double, by opinions: [Double]) -> [Double] {
    var random = initials
    return bed.descend(
      training.student, training.labels, weight: weight, opinions: opinions, using: &random)
  }

  /// I(teacher's logit; student's logit), exact, in nats.
  ///
  /// Unit variances throughout: correlations of the logits are cosines of their parts. Teacher's column
  /// i is decisive feature 10 - o + i, the student's column j is feature j.
  var teacherStudent: Double {
    let shared = (0..<overlap).reduce(0) { $0 + alone[10 - overlap + $1] * teacher[$1] }
    let between = shared / (length(alone[..<50]) * length(teacher[..<25]))
    return -0.5 * naturalLogarithm(1 - between * between)
  }

  /// I(student's logit; label), exact, in nats.
  var studentLabel: Double { ModalityTestBed.signInformation(correlation(alone)) }

  /// The share of all rows that a student gets right, exact.
  func accuracy(_ student: [Double]) -> Double {
    ModalityTestBed.signAccuracy(
      correlation(student), threshold: -student[50] / length(student[..<50]))
  }

  /// The correlation of a student's logit with the decisive direction.
  private func correlation(_ student: [Double]) -> Double {
    let toLabel = (0..<10).reduce(0) { $0 + student[$1] * direction[$1] }
    return toLabel / (length(student[..<50]) * length(direction[...]))
  }

  private func length(_ numbers: ArraySlice<Double>) -> Double {
    numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
