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
      FOUR JOBS
        One number: the mutual information of two variables
            mi estimate x.npy y.npy
        Can the number be trusted? Estimators against known truth, at your size
            mi score -e ksg-1 -e gaussian -n 1000 --dims 5x5
        Will distilling from a teacher help this student? Decide; or run it
            mi check --teacher audio=a.npy --student s.npy --labels y.npy
            mi distill --teacher audio=a.npy --student s.npy --labels y.npy
        Your own estimator, in any language, beside the others
            mi score -e my-own -e ksg-1 --plugin ./my_own.py

      More of each, with examples: mi help estimate, and so on. A teacher helps,
      by the Cross-modal Complementarity Hypothesis, when
      I(teacher; student) > I(student; labels).

      FILES
        .npy, .npz (file.npz:key), .safetensors (file.safetensors:key),
        .csv and .tsv with a header (file.csv:age,price; ranges of names
        emb_0..emb_767 or of places #2..#50; - or -:age is standard input),
        HDF5 (file.h5:/path), .mat of MATLAB 7.3 and later (file.mat:name),
        .h5ad (/X by default; file.h5ad:/X:CD3E,CD19, file.h5ad:/obs/type).
        An integer or string array is labels, a floating one is continuous;
        --discrete and --continuous override that, and the output says what
        was taken.

      COMPLETION (then open a new shell; zsh: a folder of its fpath)
        mi --generate-completion-script bash >> ~/.bash_completion
        mi --generate-completion-script zsh > ~/.zsh/completions/_mi
        mi --generate-completion-script fish > ~/.config/fish/completions/mi.fish

      EXIT STATUS
        0 done, 64 wrong usage, 65 bad data, 70 an estimator failed,
        130 interrupted by Ctrl-C (143 by SIGTERM): what was done is kept where
        there is a store or a cache. A verdict is not an exit status.
      """,
    version: "\(productVersion)\nkernels: \(KernelLevel.name)",
    groupedSubcommands: [
      CommandGroup(
        name: "The four jobs",
        subcommands: [
          EstimateCommand.self, ScoreCommand.self, CheckCommand.self, DistillCommand.self,
          PluginCommand.self, PluginHostCommand.self,
        ]),
      CommandGroup(
        name: "Beside them",
        subcommands: [
          DescribeCommand.self, PairwiseCommand.self, ListCommand.self, BenchCommand.self,
        ]),
      CommandGroup(
        name: "Rows in time", subcommands: [LagsCommand.self, TransferCommand.self]),
    ])

  /// Runs the command that the arguments name.
  static func main() {
    prepareProcess()
    if let warning = KernelLevel.warning { writeError("warning: \(warning)") }
    let (arguments, notes) = OldSpelling.modernized(Array(CommandLine.arguments.dropFirst()))
    for note in notes { writeError("note: \(note)") }
    // A word that begins with a dash is an option; `-:column` is a column of standard input.
    main(arguments.map { $0.hasPrefix("-:") ? "/dev/stdin" + $0.dropFirst() : $0 })
  }
}
