// SPDX-License-Identifier: MIT

import ArgumentParser
import Harness

struct DistillPhaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phase",
    abstract: "Draw where the hypothesis is right in the joint Gaussian model.",
    discussion: """
      A linear student learns from labels with noise e and from a linear teacher with noise h. Each
      panel has the correlation of e and h to the right, and upward the teacher's noise (--axis noise)
      or its alignment with the best student (--axis alignment). Drawn together: the simulated gain
      (color) and its zero line, the closed form's, the boundary of the hypothesis, and that of small
      weights, Cov(e, h) = Var(e).

      EXAMPLES
        mi distill phase -o phase.svg
        mi distill phase --axis alignment --draws 4000 -o alignment.svg
      """)

  @Option(help: "noise or alignment.")
  var axis = AxisArgument.noise

  @Option(help: "Columns of the student's view, 4 to 200.")
  var dims = 20

  @Option(help: "Simulated data sets at each size.")
  var draws = 1000

  @Option(name: [.customShort("o"), .long], help: "The SVG file to write.")
  var output: String?

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard (4...200).contains(dims) else {
      throw ValidationError("--dims is \(dims); it needs 4 to 200.")
    }
    guard draws >= 100 else {
      throw ValidationError("--draws is \(draws); it needs at least 100.")
    }
  }

  func run() throws {
    try reporting {
      let diagram = PhaseDiagram(
        axis: axis.axis, dimension: dims, draws: draws, seed: compute.seed,
        threads: compute.threads)
      if let output { try TextSink(output).write(diagram.svg) }
      let panels = diagram.panels.flatMap { $0 }
      if shared.json {
        try printJSON(DistillPhaseAnswer(diagram))
      } else {
        var table = TextTable(
          axis == .noise ? "alignment" : "sd(h)/sd(e)", "weight", "n/d", "helps", "yes",
          "right yes", "too careful", "wrong yes", "right no")
        for panel in panels {
          let shares = panel.shares
          table.add(
            fixed(panel.row, 1), fixed(panel.column.weight, 2),
            fixed(panel.column.rowsPerColumn, 1), fixed(shares.rightYes + shares.conservative, 2),
            fixed(shares.rightYes + shares.wrong, 2), fixed(shares.rightYes, 2),
            fixed(shares.conservative, 2), fixed(shares.wrong, 2), fixed(shares.rightNo, 2))
        }
        print(table.text)
        print(
          "\nShares of each panel's area by the simulated gain: where distillation helps, where the "
            + "hypothesis\nsays yes, and how the two meet (too careful: it says no, and it helps).")
        if let output { print("The picture: \(output)") }
      }
    }
  }
}

enum AxisArgument: String, ExpressibleByArgument, CaseIterable {
  case noise
  case alignment

  var axis: PhaseDiagram.Axis { self == .noise ? .noise : .alignment }
}
