// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What several columns of nothing but 0 and 1 are.
enum IndicatorColumns {
  /// One 1 in every row: classes, one for each column.
  case oneHot([Int32])
  /// Rows with several 1s or none: several labels at once, of which a row is described.
  case several(row: Int, ones: Int)

  /// Nil where a value is neither 0 nor 1, or there is one column; `value` gives row-major values.
  init?(rows: Int, columns: Int, value: (Int) -> Double?) {
    guard columns >= 2 else { return nil }
    var codes: [Int32] = []
    var odd: (row: Int, ones: Int)?
    for row in 0..<rows {
      var ones = 0
      var code: Int32 = 0
      for column in 0..<columns {
        guard let number = value(row * columns + column), number == 0 || number == 1 else {
          return nil
        }
        if number == 1 {
          ones += 1
          code = Int32(column)
        }
      }
      if ones != 1, odd == nil { odd = (row, ones) }
      codes.append(code)
    }
    if let odd {
      self = .several(row: odd.row, ones: odd.ones)
    } else {
      self = .oneHot(codes)
    }
  }
}

extension StoredArray {
  /// The classes of one-hot columns, named by the columns' numbers from 0; nil for any other array.
  ///
  /// - Throws: `wrongReading` for whole numbers that are several binary labels at once; floating ones may
  ///   be measurements, and stay numbers.
  func oneHotLabels(name: String) throws(DataError) -> Labels? {
    let found = IndicatorColumns(rows: rows, columns: columns) { index in
      switch elements {
      case .reals(let reals, _): reals[index]
      case .integers(let integers): Double(integers[index])
      case .naturals, .texts: nil
      }
    }
    switch found {
    case .oneHot(let codes):
      do {
        return try Labels(codes: codes, names: (0..<columns).map(String.init))
      } catch {
        throw DataError(naming: name, error)
      }
    case .several(let row, let ones):
      if case .reals = elements { return nil }
      throw DataError(
        .wrongReading,
        "\(name): \(columns) columns of 0 and 1 of which row \(row) (counted from 0) has \(ones) ones: "
          + "several labels at once (multi-label) and not one-hot. Ask about one column at a time, or "
          + "take all as numbers with --continuous.")
    case nil: return nil
    }
  }
}
