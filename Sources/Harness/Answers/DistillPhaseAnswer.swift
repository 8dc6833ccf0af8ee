// SPDX-License-Identifier: MIT

/// The shape of `mi distill phase --json`.
package struct DistillPhaseAnswer: Encodable {
  package let schema = "mi.distill.phase/1"
  package let axis: String
  package let dimension: Int
  package let draws: Int
  package let panels: [Panel]

  package struct Panel: Encodable {
    package let row: Double
    package let weight: Double
    package let rowsPerColumn: Double
    package let rightYes: Double
    package let rightNo: Double
    package let tooCareful: Double
    package let wrongYes: Double
  }

  package init(_ diagram: PhaseDiagram) {
    axis = diagram.axis.rawValue
    dimension = diagram.dimension
    draws = diagram.draws
    panels = diagram.panels.flatMap { $0 }.map { panel in
      Panel(
        row: panel.row, weight: panel.column.weight,
        rowsPerColumn: panel.column.rowsPerColumn, rightYes: panel.shares.rightYes,
        rightNo: panel.shares.rightNo, tooCareful: panel.shares.conservative,
        wrongYes: panel.shares.wrong)
    }
  }
}
