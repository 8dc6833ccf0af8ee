// SPDX-License-Identifier: MIT

import ArgumentParser
import Estimators
import Harness

/// The version of the product, also part of what cached numbers are kept under.
let productVersion = Harness.version

/// The command: each subcommand is a file in Commands/, thin over the Harness.
@main
struct Mi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mi",
    abstract: "Mutual information, judged before it is used.",
    discussion: """
      Estimates the mutual information of two variables, scores estimators
      against known truth, and decides whether cross-modal distillation from a
      teacher helps a student: by the Cross-modal Complementarity Hypothesis it
      does when I(teacher; student) > I(student; labels).

      EXAMPLES
        mi list
        mi describe x.npy y.npy
        mi estimate x.npy y.npy
        mi estimate x.npy labels.npy -e ross -p k=5 --json
        mi lags audio.npy video.npy --max-lag 25
        mi transfer x.npy y.npy --lag auto --history auto
        mi score -e ksg-1 -e gaussian --n 1000 --dims 5x5
        mi check --teacher audio=a.npy --student s.npy --labels y.npy
        mi distill --teacher audio=a.npy --student s.npy --labels y.npy

      FILES
        .npy, .npz (file.npz:key), .csv and .tsv with a header
        (file.csv:col1,col2), .safetensors (file.safetensors:key).
        An integer or string array is labels, a floating one is continuous;
        --discrete and --continuous override that, and the output says what
        was taken.

      EXIT STATUS
        0 done, 64 wrong usage, 65 bad data, 70 an estimator failed,
        130 interrupted by Ctrl-C (143 by SIGTERM): what was done is kept where
        there is a store or a cache. A verdict is not an exit status.
      """,
    version: "\(productVersion)\nkernels: \(KernelLevel.name)",
    subcommands: [
      ListCommand.self, DescribeCommand.self, EstimateCommand.self, ScoreCommand.self,
      PairwiseCommand.self, LagsCommand.self, TransferCommand.self, CheckCommand.self,
      PluginCommand.self,
      PluginHostCommand.self,
      BenchCommand.self,
      DistillCommand.self,
    ])

  /// Runs the command that the arguments name.
  static func main() {
    prepareProcess()
    if let warning = KernelLevel.warning { writeError("warning: \(warning)") }
    main(nil)
  }
}
