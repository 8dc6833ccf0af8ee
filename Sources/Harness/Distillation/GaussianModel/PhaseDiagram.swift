// SPDX-License-Identifier: MIT

import Estimators

/// Where distillation helps in the joint Gaussian model, and where the hypothesis says so.
///
/// A grid of panels. In each the correlation of label and teacher noise runs to the right and one other
/// quantity upward; weight and n/d change from column to column, the third quantity from row to row.
public struct PhaseDiagram: Sendable {
  /// What runs upward.
  public enum Axis: String, Sendable, CaseIterable {
    /// sd(teacher noise) / sd(label noise), at alignments by row.
    case noise
    /// The alignment, at ratios of noise by row.
    case alignment

    /// Its ends.
    var range: ClosedRange<Double> {
      switch self {
      case .noise: 0.05...2.5
      case .alignment: -1...1
      }
    }

    /// The values of the other quantity, by row from the top.
    var rows: [Double] {
      switch self {
      case .noise: [1, 0.9, -1]
      case .alignment: [0.3, 0.7, 1.2]
      }
    }
  }

  /// A weight and a ratio n / d.
  public struct Column: Sendable, Hashable {
    /// The teacher's weight.
    public let weight: Double
    /// Labelled rows per column of the student's view.
    public let rowsPerColumn: Double
  }

  /// One panel.
  public struct Panel: Sendable {
    /// The column's weight and size.
    public let column: Column
    /// The row's alignment or ratio of noise.
    public let row: Double
    /// The simulated gain as a share of the excess risk without a teacher; [up][right].
    public let simulated: [[Double]]
    /// The same in closed form.
    public let exact: [[Double]]
    /// Whether the hypothesis holds.
    public let hypothesis: [[Bool]]
    /// Whether a small enough weight would help.
    public let smallWeight: [[Bool]]
    /// How the hypothesis did over the panel.
    public let shares: Shares
  }

  /// Shares of a panel's area, by the simulated gain.
  public struct Shares: Sendable, Hashable {
    /// The hypothesis says yes, and it helps.
    public var rightYes = 0.0
    /// It says no, and it does not help.
    public var rightNo = 0.0
    /// It says no, and it helps.
    public var conservative = 0.0
    /// It says yes, and it hurts.
    public var wrong = 0.0
  }

  /// What runs upward.
  public let axis: Axis
  /// Columns of the student's view.
  public let dimension: Int
  /// Simulated data sets a size.
  public let draws: Int
  /// Steps to either side.
  public let steps: Int
  /// Row by row from the top.
  public let panels: [[Panel]]

  /// The columns of panels.
  public static let columns = [
    Column(weight: 0.05, rowsPerColumn: 3), Column(weight: 0.5, rowsPerColumn: 1.5),
    Column(weight: 0.5, rowsPerColumn: 3), Column(weight: 0.5, rowsPerColumn: 10),
  ]

  /// Simulates.
  public init(
    axis: Axis, dimension: Int = 20, draws: Int = 1000, steps: Int = 33, seed: UInt64,
    threads: Int
  ) {
    self.axis = axis
    self.dimension = dimension
    self.draws = draws
    self.steps = steps
    let simulations = Self.columns.map { column in
      GaussianSimulation(
        rows: Int((column.rowsPerColumn * Double(dimension)).rounded()), columns: dimension,
        draws: draws, seed: seed, threads: threads)
    }
    let places = axis.rows.flatMap { row in Self.columns.indices.map { (row, $0) } }
    let panels = parallelMap(places.count, threads: threads) { place in
      let (row, index) = places[place]
      return Panel(
        axis: axis, row: row, column: Self.columns[index], simulation: simulations[index],
        steps: steps)
    }
    let width = Self.columns.count
    self.panels = axis.rows.indices.map { Array(panels[$0 * width..<($0 + 1) * width]) }
  }

  /// The position of a step between the ends of a range.
  static func position(_ step: Int, of steps: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps - 1)
  }
}

extension PhaseDiagram.Panel {
  fileprivate init(
    axis: PhaseDiagram.Axis, row: Double, column: PhaseDiagram.Column,
    simulation: GaussianSimulation, steps: Int
  ) {
    let models = (0..<steps).map { up in
      (0..<steps).map { right in
        let height = PhaseDiagram.position(up, of: steps, in: axis.range)
        let (ratio, alignment) = axis == .noise ? (height, row) : (row, height)
        return JointGaussianModel(
          rows: simulation.rows, columns: simulation.columns, alignment: alignment,
          teacherNoise: ratio * ratio,
          noiseCorrelation: PhaseDiagram.position(right, of: steps, in: -1...1))
      }
    }
    let weight = column.weight
    self.column = column
    self.row = row
    simulated = models.map { line in
      line.map {
        simulation.gain($0, weight: weight).mean / $0.excessRisk(weight: 0)
      }
    }
    exact = models.map { line in
      line.map { $0.gain(weight: weight) / $0.excessRisk(weight: 0) }
    }
    hypothesis = models.map { $0.map(\.hypothesisHolds) }
    smallWeight = models.map { $0.map(\.helpsAtSmallWeight) }
    var shares = PhaseDiagram.Shares()
    let each = 1 / Double(steps * steps)
    for (gains, said) in zip(simulated, hypothesis) {
      for (gain, yes) in zip(gains, said) {
        switch (yes, gain > 0) {
        case (true, true): shares.rightYes += each
        case (false, false): shares.rightNo += each
        case (false, true): shares.conservative += each
        case (true, false): shares.wrong += each
        }
      }
    }
    self.shares = shares
  }
}
