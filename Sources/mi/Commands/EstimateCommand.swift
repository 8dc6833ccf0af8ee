// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Estimators
import Harness

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "One number: the mutual information of two variables.",
    discussion: """
      Without -e, or with -e auto, the estimator follows the kinds of the data
      and how they were recorded (mi describe shows it): auto for two continuous
      variables (ksg-1 below 40 rows), ross for one and labels, discrete for
      labels against labels. A column of few values is taken as labels, rounded
      and counted numbers get noise within their steps, repeated values beside
      others are taken apart; the output says so. auto chooses among densities
      by what they are worth on held-out rows; --fast skips those that train.

      --given Z asks for I(x; y | z): what x tells about y beyond z. It needs gaussian,
      gaussian-copula, ksg-1 or mixed-ksg (two continuous variables), discrete (labels) or
      classifier (which takes both); without -e it is ksg-1, discrete or classifier. With
      --permutations it tests independence given z: rows near in z trade places (Runge
      2018), given labels the rows of a class. For series see mi lags and mi transfer.

      EXAMPLES
        mi estimate x.npy y.npy
        mi estimate x.npy y.npy -e ksg-1 -p k=3,5,10 --json
        mi estimate table.csv:a,b table.csv:species --units bits
        mi estimate x.npy codes.npy --continuous y -e gaussian-copula
        mi estimate x.npy y.npy --transform rank --permutations 999
        mi estimate eeg.npy emg.npy -e ksg-1 --theiler 20 --permutations 199 --surrogates shift
        mi estimate survey.csv:age survey.csv:income --missing drop
        mi estimate x.npy y.npy -e subsample+ksg-1 -p rows=1000000   (1e8 rows)
        mi estimate teacher.npy labels.npy --given student.npy
        mi estimate x.npy y.npy --given z.npy -e gaussian
        mi estimate x.npy y.npy --given z.npy --permutations 199   (independent given z?)
        mi estimate x.npy labels.npy --normalize entropy-y
        mi estimate x.npy y.npy -e ksg-1 --pointwise local.csv
      """)

  @Argument(help: "The first variable's file.")
  var x: String

  @Argument(help: "The second variable's file.")
  var y: String

  @Option(help: "A file of what is known already, z: the estimate is of I(x; y | z).")
  var given: String?

  @Option(
    help: ArgumentHelp(
      "The group of each row, such as its speaker: a group stays together where an estimator trains, and a test shuffles whole groups.",
      valueName: "file"))
  var groups: String?

  @Flag(help: "Without -e: leave out what is trained.")
  var fast = false

  @Option(
    help: "Before the estimate: rank, normal-scores, standardize, whiten or pca=K (repeatable).")
  var transform: [String] = []

  @Option(help: "Test independence with this many permutations; 0 makes no test.")
  var permutations = 0

  @Option(
    help: ArgumentHelp(
      "How the test rearranges rows: shuffle, or for rows in time shift (by a random lag) or block.",
      valueName: "how"))
  var surrogates: Surrogates?

  @Option(
    help: ArgumentHelp(
      "For rows in time: rows at most this many rows apart are no neighbors (ksg-1, ksg-2, ross).",
      valueName: "rows"))
  var theiler: Int?

  @Option(
    help: ArgumentHelp(
      "Also on this scale: entropy-y (I / H(y)), min-entropy (I / min(H(x), H(y))) or correlation (sqrt(1 - exp(-2 I))); repeatable.",
      valueName: "scale"))
  var normalize: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the contribution of each row, in nats, as .npy or .csv.", valueName: "file"))
  var pointwise: String?

  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try reporting {
      try EstimateOperation.check(
        permutations: permutations, surrogates: surrogates, isConditional: given != nil,
        hasGroups: groups != nil)
      _ = try normalize.map { try Normalization(option: $0) }
      try checkPointwise(pointwise)
    }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      guard chosen.estimator.count <= 1 else {
        throw ValidationError("mi estimate takes one -e; mi score compares several.")
      }
      // A misspelt estimator or parameter is reported before files are read.
      let named = chosen.estimator.first
      let isDefault = EstimateOperation.isDefault(named)
      if !isDefault { _ = try estimator(registry, "") }
      let loaded = try variables.load([("x", x), ("y", y)] + (given.map { [("z", $0)] } ?? []))
      let files = loaded.files
      let (first, second) = (files[0].loaded.variable, files[1].loaded.variable)
      let plan =
        isDefault
        ? DefaultPlan(
          first, second, given: files.count > 2 ? files[2].loaded.variable : nil,
          neighborsOnly: theiler != nil) : nil
      let (entry, parameters) = try estimator(registry, plan?.estimator ?? "")
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let request = try EstimationRequest(
        x: first, y: second, given: files.count > 2 ? files[2].loaded.variable : nil,
        groups: try groups.map { loaded.keeping(try loadGroups($0)).codes.map(Int.init) },
        seed: compute.seed, threads: compute.threads,
        progress: { progress.show("\(entry.descriptor.id): \(Int($0 * 100))%") },
        isCancelled: isCancelled)
      let operation = EstimateOperation(
        entry: entry, parameters: parameters, plan: plan, permutations: permutations,
        surrogates: surrogates, normalizations: try normalize.map { try Normalization(option: $0) })
      let outcome = try operation.runInterruptibly(request)
      progress.clear()
      let result = EstimateAnswer(
        operation, outcome, given: request, variables: files.map(\.record),
        missing: loaded.record, timing: compute.timing)
      if shared.json { try printJSON(result) } else { print(result.text(in: shared.units)) }
      if let pointwise {
        try writePointwise(outcome.estimate.pointwise, to: pointwise, estimator: result.estimator)
      }
      writeWarnings(outcome.estimate.warnings)
    }
  }

  private func estimator(
    _ registry: EstimatorRegistry, _ planned: String
  ) throws -> (entry: EstimatorRegistry.Entry, parameters: ParameterValues) {
    var wrapped = chosen
    var inner = planned.isEmpty ? wrapped.estimator[0] : planned
    for name in transform.reversed() {
      // `pca=4` is the wrapper pca with its parameter components.
      let parts = name.split(separator: "=", maxSplits: 1)
      inner = parts[0] + "+" + inner
      if parts.count == 2 { wrapped.parameter.append("components=" + parts[1]) }
    }
    wrapped.estimator = [inner]
    if let theiler { wrapped.parameter.append("theiler=\(theiler)") }
    let choice = try wrapped.choices(registry)[0]
    let entry = try registry.entry(choice.id)
    var texts = choice.parameters
    if fast {
      guard chosen.estimator.isEmpty || choice.id.hasSuffix("auto") else {
        throw ValidationError("--fast is for auto, which is what runs without -e.")
      }
      if choice.id.hasSuffix("auto") { texts["fast"] = "true" }
    }
    return (entry, try entry.descriptor.resolve(texts))
  }
}

extension EstimateAnswer {
  /// The answer for people.
  fileprivate func text(in units: Units) -> String {
    let error = standardErrorNats.map { " +- \(fixed(units.of($0), 4)) (standard error)" } ?? ""
    var lines = [
      "I(x; y\(dz == nil ? "" : " | z")) = \(fixed(units.of(nats), 4)) \(units.rawValue)\(error)",
      "  estimator  \(estimator) \(parameters.text)",
    ]
    lines += variables.map { "  \($0.name)          \($0.file): \($0.reading)" }
    if let missing { lines.append("  missing    \(missing.sentence)") }
    lines += assumptions.map { "  assumed    \($0)" }
    let sizes = "n \(n), dx \(dx), dy \(dy)" + (dz.map { ", dz \($0)" } ?? "")
    lines.append("  \(sizes), seed \(seed), \(fixed(seconds, 3)) s, \(kind.rawValue)")
    for one in normalized {
      let interval = one.low.map { ", 95 % from \(fixed($0, 4)) to \(fixed(one.high, 4))" } ?? ""
      lines.append("  \(one.scale.rawValue): \(fixed(one.value, 4))\(interval); \(one.formula)")
    }
    if let independence {
      lines.append(
        "  independence: p = \(fixed(independence.pValue, 4)) "
          + "(\(independence.permutations) permutations by \(independence.surrogates.rawValue)"
          + (independence.stoppedEarly ? ", stopped early)" : ")"))
    }
    for (name, value) in diagnostics.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name): \(value.text)")
    }
    return lines.joined(separator: "\n")
  }
}

extension Surrogates: ExpressibleByArgument {}

extension DiagnosticValue {
  /// The value for people; long lists are cut; the JSON has them whole.
  fileprivate var text: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    case .flag(let value): value ? "yes" : "no"
    case .numbers(let values): Self.joined(values.map { fixed($0, 4) })
    case .texts(let values): Self.joined(values)
    }
  }

  private static func joined(_ words: [String]) -> String {
    words.prefix(8).joined(separator: ", ") + (words.count > 8 ? ", ... (\(words.count))" : "")
  }
}
