// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct DistillMFHCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mfh",
    abstract: "A published test bed with a dial from no shared features to all.",
    discussion: """
      Teacher and student see decisive features of the label among noise and share gamma of them
      (Xue et al., ICLR 2023, arXiv 2206.06487). As published: 200 training rows, linear classifiers,
      1000 full-batch steps, no temperature; without distillation about 67.9% right, and distillation
      helps from gamma of about 0.27 on. Informations are exact, of the trained models' logits.

      --verdicts runs mi check on the held-out logits of every teacher and student
      and counts how often its verdicts, the larger of the exact informations and
      the larger of two plain estimates foretell what distillation does.

      EXAMPLES
        mi distill mfh
        mi distill mfh --seeds 200 --weight 1
        mi distill mfh --verdicts --seeds 10
      """)

  @Option(help: "Data sets at each position of the dial.")
  var seeds = 30

  @Option(help: "Weights of the teacher beside the labels' 1, with commas.")
  var weight = NumberList(numbers: [0.2, 1, 5])

  @Flag(help: "Also check every drawing: was the verdict right?")
  var verdicts = false

  @Option(name: [.customShort("n"), .long], help: "Held-out rows of each check.")
  var n = 1000

  @Option(help: "The probability of a wrong verdict in each check, between 0 and 0.5.")
  var alpha = 0.05

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard seeds >= 2 else { throw ValidationError("--seeds is \(seeds); it needs at least 2.") }
    guard weight.numbers.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--weight needs numbers above 0.")
    }
    guard n >= 20 else { throw ValidationError("-n is \(n); it needs at least 20.") }
    guard alpha > 0, alpha < 0.5 else {
      throw ValidationError("--alpha is \(alpha); it needs a number between 0 and 0.5.")
    }
  }

  func run() throws {
    try reporting {
      var bed = ModalityTestBed()
      bed.weights = weight.numbers
      guard !verdicts else { return try printVerdicts(bed) }
      let sweep = ModalitySweep(
        bed, overlaps: Array(0...10), seeds: seeds, seed: compute.seed,
        threads: compute.threads)
      if shared.json {
        try printJSON(DistillSweepAnswer(sweep))
      } else {
        print(text(sweep))
      }
    }
  }

  private func printVerdicts(_ bed: ModalityTestBed) throws {
    var options = CheckOptions()
    options.seed = compute.seed
    options.threads = compute.threads
    options.alpha = alpha
    let progress = ProgressLine()
    defer { progress.clear() }
    let found = try ModalityVerdicts(
      bed, overlaps: Array(0...10), seeds: seeds, rows: n, options: options,
      hooks: CheckHooks(
        progress: { progress.show($0) }, isCancelled: Cancellation.listen(), cache: TrialCache()))
    progress.clear()
    if shared.json {
      try printJSON(ModalityVerdictsAnswer(found))
    } else {
      print(ModalityVerdictsText(found, alpha: alpha).text)
    }
  }

  private func text(_ sweep: ModalitySweep) -> String {
    func percent(_ moments: Moments) -> String {
      "\(fixed(100 * moments.mean, 2)) +- \(fixed(moments.errorOfMean.map { 100 * $0 }, 2))"
    }
    var parts: [String] = []
    for (index, weight) in sweep.bed.weights.enumerated() {
      var table = TextTable(
        "gamma", "teacher", "alone", "taught", "gain", "gain if shuffled", "I(T;S)", "I(S;Y)",
        "I(T;S) > I(S;Y)")
      for row in sweep.rows {
        table.add(
          fixed(row.gamma, 2), percent(row.mean(\.teacher)), percent(row.mean(\.alone)),
          percent(row.mean { $0.taught[index] }),
          percent(row.mean { $0.taught[index] - $0.alone }),
          percent(row.mean { $0.shuffled[index] - $0.alone }),
          fixed(shared.units.of(row.mean(\.teacherStudent).mean)),
          fixed(shared.units.of(row.mean(\.studentLabel).mean)),
          fixed(row.mean { $0.teacherStudent > $0.studentLabel ? 1 : 0 }.mean, 2))
      }
      let crossing =
        sweep.crossings[index].map {
          "The gain crosses zero at gamma = \(fixed($0.gamma, 3)) +- \(fixed($0.error, 3))."
        } ?? "The gain does not cross zero."
      parts.append("Weight \(fixed(weight, 2))\n\(table.text)\n\(crossing)")
    }
    return parts.joined(separator: "\n\n")
      + "\n\n\(sweep.seeds) data sets, accuracies in percent with standard errors, informations in "
      + "\(shared.units.rawValue)."
  }
}
