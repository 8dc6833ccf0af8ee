// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What is estimated where no estimator is named: the variables as they are taken, and the estimator.
///
/// Everything follows from the ``ColumnProfile`` of the columns, and ``notes`` says it:
/// - a column of few values is taken as labels, so that nothing is assumed of the distances between
///   them, where the rows fill the table of both sides;
/// - recorded values are spread over their cells (`dequantize`), and nearest neighbors read them where
///   the cells are coarse, `auto` where they are fine;
/// - rows that are copies of other rows count once;
/// - a column with atoms is split by the chain rule (`atoms`);
/// - continuous columns go to `auto`, against labels to `ross`; labels against labels to `discrete`.
///
/// `Benchmarks/recorded` has what each rule was chosen by.
public struct DefaultPlan: Sendable {
  /// The first variable, as it is taken.
  public let x: Variable
  /// The second variable, as it is taken.
  public let y: Variable
  /// The estimator.
  public let estimator: String
  /// What was done because of how the values were recorded, a sentence each; empty for continuous
  /// columns and labels.
  public let notes: [String]
  /// The profiles of the columns of x; empty for labels.
  public let profilesX: [ColumnProfile]
  /// The profiles of the columns of y; empty for labels.
  public let profilesY: [ColumnProfile]
  /// The rows that are counted once though they are there more than once; nil where there are none.
  package let copies: RowCopies?

  /// Profiles both sides and chooses.
  ///
  /// - Parameters:
  ///   - x: the first variable.
  ///   - y: the second variable, as many rows.
  ///   - given: a third variable, where one is given: then variables stay as they are.
  ///   - neighborsOnly: whether neighbors are to read continuous pairs, as for tables of many pairs or a
  ///     Theiler window; they spread recorded values themselves.
  ///   - countsCopies: whether rows that are copies of other rows count all the same, as in a series, where
  ///     no row can be left out.
  public init(
    _ x: Variable, _ y: Variable, given: Variable? = nil, neighborsOnly: Bool = false,
    countsCopies: Bool = false
  ) {
    var sides = [RecordedSide(x, "x"), RecordedSide(y, "y")]
    profilesX = sides[0].profiles
    profilesY = sides[1].profiles
    copies =
      countsCopies ? nil : RowCopies(sides.map { ($0.original, $0.profiles) }, given: given)
    if let copies {
      sides = sides.map { RecordedSide($0.original.selecting(rows: copies.distinctRows), $0.name) }
    }
    guard given == nil else {
      (self.x, self.y) = (sides[0].original, sides[1].original)
      estimator =
        switch PairKind(x, y) {
        case .mixed: "classifier"
        case .continuous: "ksg-1"
        case .discrete: "discrete"
        }
      notes = (copies.map { [$0.note] } ?? [])
      return
    }
    let rows = sides[0].original.count
    let taken = Self.taken(sides, rows: rows)
    (self.x, self.y) = (taken[0], taken[1])
    let recorded = zip(sides, taken).filter { $1.samples != nil }.map(\.0)
    var notes = copies.map { [$0.note] } ?? []
    notes += zip(sides, taken).compactMap { side, variable in
      side.original.samples != nil && variable.labels != nil ? side.noteAsLabels : nil
    }
    notes += sides.compactMap(\.noteManyLabels)
    // Neighbors compare distances along columns, so columns of different units are standardized first.
    let isOneColumn = taken.allSatisfy { $0.labels != nil || $0.dimension == 1 }
    // In many columns neighbors miss more than the edges of coarse cells cost the densities of auto.
    let isNarrow = taken.reduce(0) { $0 + $1.dimension } <= 4
    let base =
      switch PairKind(taken[0], taken[1]) {
      case .discrete: "discrete"
      case .mixed: isOneColumn ? "ross" : "standardize+ross"
      case .continuous:
        rows < 40 || neighborsOnly || (isNarrow && recorded.contains(where: \.isCoarse))
          ? "standardize+ksg-1" : "auto"
      }
    var id = base
    if recorded.contains(where: \.needsSpreading) {
      if !neighborsOnly { id = "dequantize+" + id }
      notes += recorded.compactMap(\.noteSpread)
    }
    if recorded.contains(where: \.hasAtoms) {
      id = "atoms+" + id
      notes += recorded.compactMap(\.noteAtoms)
    }
    estimator = id
    self.notes = notes
  }

  /// The variables as labels where their values are few and the rows fill the table.
  private static func taken(_ sides: [RecordedSide], rows: Int) -> [Variable] {
    let labels = sides.map(\.asLabels)
    switch (labels[0], labels[1]) {
    case (let a?, let b?):
      guard occupiedCells(a, b) * rowsPerCell <= rows else { return sides.map(\.original) }
      return [.labels(a), .labels(b)]
    case (let a?, nil):
      return sides[1].isRecordedNumber ? sides.map(\.original) : [.labels(a), sides[1].original]
    case (nil, let b?):
      return sides[0].isRecordedNumber ? sides.map(\.original) : [sides[0].original, .labels(b)]
    case (nil, nil): return sides.map(\.original)
    }
  }

  /// Rows per occupied cell of the table from which on a correction of its bias is trusted.
  package static let rowsPerCell = 12

  private static func occupiedCells(_ a: Labels, _ b: Labels) -> Int {
    Set(zip(a.codes, b.codes).map { Int64($0) << 32 | Int64($1) }).count
  }
}
