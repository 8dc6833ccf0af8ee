// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// A teacher that sees what the labels were drawn from, and a student that sees it among noise.
///
/// Labels are the sign of z plus as much noise, so a student with few rows gains from a teacher of many.
struct PrivilegedData {
  let teacher: NamedVariable
  let stranger: NamedVariable
  let student: NamedVariable
  let labels: NamedVariable

  init(n: Int, noiseColumns: Int, seed: UInt64, labelNoise: Double = 1) throws {
    var random = RandomSource(seed: testSeed(seed))
    let z = random.normals(n)
    var view: [Double] = []
    for row in 0..<n {
      view.append(z[row] + 0.3 * random.normal())
      view += random.normals(noiseColumns)
    }
    let y = z.map { $0 + labelNoise * random.normal() > 0 ? 1 : 0 }
    let other = random.normals(n)
    func samples(_ values: [Double], _ columns: Int) throws -> Variable {
      .samples(try Samples(rowMajor: values, count: n, dimension: columns))
    }
    teacher = NamedVariable("teacher", try samples(z, 1))
    stranger = NamedVariable("stranger", try samples(other, 1))
    student = NamedVariable("student", try samples(view, 1 + noiseColumns))
    labels = NamedVariable("labels", .labels(try Labels(y)))
  }
}

@Suite struct DistillTests {
  private func options(_ splits: Int) -> DistillationOptions {
    var options = DistillationOptions()
    options.splits = splits
    options.threads = 2
    options.weights = [0.5, 0.9]
    options.temperatures = [1]
    return options
  }

  @Test func aPrivilegedTeacherHelpsAStudentOfFewRows() throws {
    let data = try PrivilegedData(n: 3000, noiseColumns: 40, seed: 1)
    var options = options(12)
    options.studentRows = 80
    options.teacherRows = 2000
    let report = try distill(
      teachers: [data.teacher, data.stranger], student: data.student, labels: data.labels,
      options: options)
    let (teacher, stranger) = (report.teachers[0], report.teachers[1])
    #expect(teacher.effect == .helps)
    expect(teacher.gain.mean, above: 0.02)
    expect(teacher.overShuffled.mean, above: 0.02)
    #expect(teacher.settings.contains { $0.pHelp < 0.05 })
    // A view that knows nothing is a teacher that says the same of every row.
    #expect(stranger.effect != .helps)
    expect(stranger.teacherQuality, within: 0.05, of: 0.5)
    #expect(report.sharedRows == 0)
    #expect(report.studentRows == 80 && report.teacherRows == 2000)
  }

  @Test func threadsDoNotChangeTheOutcome() throws {
    let data = try PrivilegedData(n: 240, noiseColumns: 5, seed: 2)
    var options = options(5)
    var found: [[TeacherOutcome]] = []
    for threads in [1, 3] {
      options.threads = threads
      found.append(
        try distill(
          teachers: [data.teacher], student: data.student, labels: data.labels, options: options
        ).teachers)
    }
    #expect(found[0] == found[1])
    #expect(found[0][0].gain.standardError > 0)
  }

  @Test func cancellingThrows() throws {
    let data = try PrivilegedData(n: 200, noiseColumns: 5, seed: 3)
    let error = try #require(throws: EstimatorError.self) {
      try distill(
        teachers: [data.teacher], student: data.student, labels: data.labels,
        options: options(5), hooks: CheckHooks(isCancelled: { true }))
    }
    #expect(error.code == .cancelled)
  }

  @Test func rowsThatDifferAreNamed() throws {
    let data = try PrivilegedData(n: 200, noiseColumns: 5, seed: 3)
    let short = NamedVariable("short", .samples(try Samples([1, 2, 3])))
    let error = try #require(throws: EstimatorError.self) {
      try distill(
        teachers: [short], student: data.student, labels: data.labels, options: options(5))
    }
    #expect(error.code == .rowsDiffer)
    #expect(error.description.contains("short has 3 rows and student 200"))
  }

  @Test func tooFewStudentRowsAreRefused() throws {
    let data = try PrivilegedData(n: 200, noiseColumns: 5, seed: 3)
    var options = options(5)
    options.studentRows = 6
    let error = try #require(throws: EstimatorError.self) {
      try distill(
        teachers: [data.teacher], student: data.student, labels: data.labels, options: options)
    }
    #expect(error.code == .tooFewSamples)
  }
}

/// A teacher whose rows were shuffled knows nothing of the row; at most alpha of such may "help".
@Suite struct NoGainTests {
  private func helped(_ repetitions: Int, students rows: Int?) throws -> Int {
    let effects = parallelMap(repetitions, threads: 2) { repetition -> DistillationEffect? in
      guard
        let data = try? PrivilegedData(
          n: 160, noiseColumns: 6, seed: 9000 + UInt64(repetition))
      else { return nil }
      var random = RandomSource(seed: testSeed(repetition), 77)
      let shuffled = NamedVariable(
        "shuffled", data.teacher.variable.selecting(rows: random.permutation(160)))
      var options = DistillationOptions()
      options.splits = 10
      options.weights = [0.3, 0.8]
      options.temperatures = [1, 4]
      options.studentRows = rows
      options.seed = testSeed(repetition)
      return try? distill(
        teachers: [shuffled], student: data.student, labels: data.labels, options: options
      ).teachers[0].effect
    }
    #expect(effects.allSatisfy { $0 != nil })
    return effects.count { $0 == .helps }
  }

  @Test func aShuffledTeacherDoesNotHelp() throws {
    // alpha = 0.05: more than 6 of 40 have a chance of 0.003.
    try expect(helped(40, students: 60), atMost: 6)
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] != nil),
    arguments: [nil, 40, 80] as [Int?])
  func aShuffledTeacherHelpsInAtMostAlphaOf200(rows: Int?) throws {
    let count = try helped(200, students: rows)
    print("a shuffled teacher helped in \(count) of 200 (student rows: \(rows ?? 120))")
    expect(count, atMost: 10)
  }
}
