// SPDX-License-Identifier: MIT

// decision-study OUT REPETITIONS ROWS COLUMNS CLASSES [THREADS [CHECKSEED [SHAPE [CONTRAST]]]]
//
// Checks Gaussian class-conditional triples (teacher, student, labels) of known gap I(T;S) - I(S;Y)
// and appends a line of CSV for each to OUT: what the check said, its interval, and what a naive
// reader of ksg-1 and ross would have said. Lines that OUT has are not made again. ROWS, COLUMNS and
// CLASSES are lists: 200,1000 1,5 2,10. The classes' sizes do not vary over seeds, so that
// the scorecards of a regime are made once; CHECKSEED is the seed of the checks, and so of those.
import EstimatorAPI
import Estimators
import Foundation
import Harness

let arguments = CommandLine.arguments
func list(_ index: Int) -> [Int] { arguments[index].split(separator: ",").compactMap { Int($0) } }
guard arguments.count >= 6, let repetitions = Int(arguments[2]) else {
  print(
    "decision-study OUT REPETITIONS ROWS COLUMNS CLASSES [THREADS [CHECKSEED [SHAPE [CONTRAST]]]]")
  exit(64)
}
let path = arguments[1]
let header =
  "n,d,classes,truth,seed,verdict,gap,low,high,naive,refused,seconds,sharedError,usefulError,"
  + "sampling,calibration,disagreement,shared,useful,beyondLabels,studentAlone,grade\n"
if !FileManager.default.fileExists(atPath: path) {
  try header.write(toFile: path, atomically: true, encoding: .utf8)
}
let known = Set(
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
    $0.split(separator: ",").prefix(5).joined(separator: ",")
  })
let out = try FileHandle(forWritingTo: URL(filePath: path))
try out.seekToEnd()

/// The shares of the classes, equal ones or falling as those of `uneven`.
func shares(_ classes: Int) -> [Double] {
  (0..<classes).map { shape == .uneven ? 1 / Double($0 + 1) : 1 }
}

/// The first rows of each class, as many as its share of `count` says.
func dealt(_ rows: DecisionTask.Rows, count: Int, classes: Int) throws -> [Variable] {
  guard let labels = rows.labels.labels, let t = rows.teacher.samples, let s = rows.student.samples
  else { return [] }
  let total = shares(classes).reduce(0, +)
  var left = shares(classes).map { Int((Double(count) * $0 / total).rounded()) }
  let wanted = left.reduce(0, +)
  let kept = labels.codes.indices.filter { row in
    let code = Int(labels.codes[row])
    left[code] -= 1
    return left[code] >= 0
  }
  precondition(kept.count == wanted, "too few rows were drawn")
  func columns(_ samples: Samples) throws -> Variable {
    let d = samples.dimension
    let values = kept.flatMap { samples.values[$0 * d..<($0 + 1) * d] }
    return .samples(try Samples(rowMajor: values, count: kept.count, dimension: d))
  }
  return [try columns(t), try columns(s), .labels(try Labels(kept.map { labels.codes[$0] }))]
}

let shape = arguments.count > 8 ? Shape(rawValue: arguments[8]) ?? .plain : .plain
let usesContrast = !(arguments.count > 9 && arguments[9] == "off")

/// The rows of a case with its exact gap; nil for none of that kind.
func makeCase(
  _ level: Double, n: Int, d: Int, classes: Int, nats: (student: Double, teacher: Double), seed: Int
) throws -> (rows: [Variable], gap: Double, studentNats: Double) {
  guard shape != .own else {
    let model = OwnCovariances(
      classes: classes, d: d, r: level, apart: (nats.teacher * 2, nats.student * 2))
    let drawn = model.draw(n, seed: UInt64(1000 + seed))
    return (
      [
        .samples(try Samples(rowMajor: drawn.t, count: n, dimension: d)),
        .samples(try Samples(rowMajor: drawn.s, count: n, dimension: d)),
        .labels(try Labels(drawn.codes.map { Int32($0) })),
      ], ownGap(model), .nan
    )
  }
  let task = try DecisionTask(
    classProportions: shares(classes), studentDimension: d,
    teacherDimension: d, studentInformation: Information(nats: nats.student),
    teacherInformation: Information(nats: nats.teacher), gap: Information(nats: level))
  let rows = try dealt(
    task.sample(2 * n + 100 * classes, seed: UInt64(1000 + seed)), count: n, classes: classes)
  return (try rows.map { try shape.applied(to: $0) }, level, nats.student)
}

nonisolated(unsafe) var knownGaps: [String: Double] = [:]
func ownGap(_ model: OwnCovariances) -> Double {
  let key = "\(model.means.teacher.count) \(model.d) \(model.r)"
  let gap = knownGaps[key] ?? model.gap
  knownGaps[key] = gap
  return gap
}

let levels = shape == .own ? [0, 0.2, 0.35, 0.5, 0.65] : [-0.2, -0.1, 0, 0.1, 0.2, 0.5]
let nats = [
  2: (student: 0.35, teacher: 0.2), 4: (student: 0.7, teacher: 0.45),
  10: (student: 1.2, teacher: 0.8), 30: (student: 1.7, teacher: 1.2),
]
for n in list(3) {
  for d in list(4) {
    for classes in list(5) {
      guard let nats = nats[classes] else { continue }
      let hooks = CheckHooks(cache: TrialCache())
      for seed in 0..<repetitions {
        for level in levels {
          if known.contains("\(n),\(d),\(classes),\(level),\(seed)") { continue }
          let (rows, gap, studentNats) = try makeCase(
            level, n: n, d: d, classes: classes, nats: nats, seed: seed)
          let key = "\(n),\(d),\(classes),\(gap),\(seed)"
          if known.contains(key) { continue }
          var options = CheckOptions()
          options.looksBeyond = false
          options.usesContrast = usesContrast
          options.heldOutConfirmed = true
          options.representation = .raw
          // A contrast does not rest on I(S; Y): the quick estimators of labels are enough of it.
          if usesContrast { options.estimators = SharedPanel.standard(given: rows[2]) }
          options.threads = arguments.count > 6 ? Int(arguments[6]) ?? 1 : 1
          options.seed = arguments.count > 7 ? UInt64(arguments[7]) ?? 0 : 0
          let start = ContinuousClock.now
          let report = try check(
            teachers: [NamedVariable("teacher", rows[0])],
            student: NamedVariable("student", rows[1]), labels: NamedVariable("labels", rows[2]),
            registry: .builtIn(), options: options, hooks: hooks)
          let seconds = (ContinuousClock.now - start) / .seconds(1)
          let decision = report.decisions[0]
          let raw = { (side: Int, id: String) in
            report.sides[side].admissions.first { "\($0.estimator)".hasPrefix(id) }?.raw?.nats
          }
          let naive: String
          if let shared = raw(1, "ksg-1"), let useful = raw(0, "ross") {
            naive = shared > useful ? "distill" : "doNotDistill"
          } else {
            naive = ""
          }
          let refused = report.admissions.count { !$0.admitted }
          let numbers = [decision.gap?.nats, decision.gapInterval?[0], decision.gapInterval?[1]]
            .map { $0.map { "\($0)" } ?? "" }.joined(separator: ",")
          let error = decision.error
          let parts = [
            decision.teacherStudent.map { $0.nats - studentNats - gap },
            decision.studentLabel.map { $0.nats - studentNats },
            error?.sampling, error?.calibration, error?.disagreement,
          ].map { $0.map { "\($0)" } ?? "" }.joined(separator: ",")
          // The admitted estimators with the error of their corrected numbers.
          func admitted(_ side: Int, truth: Double) -> String {
            report.sides[side].admissions.filter(\.admitted).map { admission in
              let error = (admission.corrected?.nats ?? .nan) - truth
              return "\(admission.estimator) \(admission.readThrough ?? "") \(error)"
            }.joined(separator: "; ")
          }
          let contrast = decision.contrast
          let line =
            "\(key),\(decision.verdict.rawValue),\(numbers),\(naive),\(refused),\(seconds),\(parts),"
            + admitted(1, truth: contrast == nil ? studentNats + gap : 0) + ","
            + admitted(0, truth: studentNats) + ","
            + "\(contrast?.shared.map { "\($0.nats)" } ?? ""),"
            + "\(contrast?.alone.map { "\($0.nats)" } ?? ""),\(contrast?.grade?.rawValue ?? "")\n"
          try out.write(contentsOf: Data(line.utf8))
        }
      }
    }
  }
}
