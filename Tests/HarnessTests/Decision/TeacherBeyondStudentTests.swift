// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct TeacherBeyondStudentTests {
  /// Labels by the sign of the sum of what teacher and student each see.
  private func views(
    _ n: Int, redundant: Bool, seed: UInt64
  ) throws -> (teacher: Samples, student: Samples, labels: Variable) {
    var random = RandomSource(seed: seed)
    let student = random.normals(n)
    let own = random.normals(n)
    let teacher = redundant ? zip(student, own).map { $0 + 0.3 * $1 } : own
    let labels = zip(student, own).map { s, t in
      (redundant ? s + 0.7 * random.normal() : s + t) > 0 ? 1 : 0
    }
    return (try Samples(teacher), try Samples(student), .labels(try Labels(labels)))
  }

  @Test func `a teacher with a part of its own adds what the student leaves, a copy nothing`()
    throws
  {
    let (teacher, student, labels) = try views(900, redundant: false, seed: 71)
    let added = try TeacherBeyondStudent(
      teacher: teacher, student: student, labels: labels, seed: 1)
    // I(T; Y | S) = H(Y | S), as both views decide the label: half a nat, because the probability of
    // class 1 given s is Phi(s), which is uniform.
    let left = try #require(added.leftByStudentNats)
    #expect(abs(left - 0.5) < 0.05)
    #expect(added.nats > 0.35)
    #expect(added.nats < left + 3 * added.standardErrorNats)
    let copy = try views(900, redundant: true, seed: 72)
    let nothing = try TeacherBeyondStudent(
      teacher: copy.teacher, student: copy.student, labels: copy.labels, seed: 1, threads: 2)
    #expect(abs(nothing.nats) < 0.03)
  }

  @Test func `numbers for labels have no entropy to be left`() throws {
    let (teacher, student, _) = try views(300, redundant: false, seed: 73)
    let sum = zip(teacher.values, student.values).map { $0 + $1 }
    let added = try TeacherBeyondStudent(
      teacher: teacher, student: student, labels: .samples(Samples(sum)), backend: "logistic")
    #expect(added.leftByStudentNats == nil)
    #expect(added.nats > 1)
  }
}
