// SPDX-License-Identifier: MIT

/// Which cell each row lies in, where only cells that hold a row have a number.
///
/// Cells are numbered in the order in which they first appear, so memory grows with the rows and
/// the occupied cells, never with the grid: 20 columns of 10 bins are 1e20 cells, of which at most
/// n are ever occupied.
package struct OccupiedCells: Sendable {
  /// The cell of each row, 0 ..< ``count``.
  package let codes: [Int32]
  /// How many cells hold a row.
  package let count: Int

  /// Numbers the cells that keys stand for.
  ///
  /// - Parameters:
  ///   - keys: a key for each row, from 0.
  ///   - bound: greater than every key.
  package init(keys: [Int], bound: Int) {
    precondition(keys.count < Int32.max, "\(keys.count) rows; cells are numbered in 32 bits")
    var codes: [Int32] = []
    codes.reserveCapacity(keys.count)
    var next: Int32 = 0
    if bound <= max(keys.count, 1 << 12) {
      // The grid is no larger than the data: a table is faster than hashing.
      var numbers = [Int32](repeating: -1, count: bound)
      for key in keys {
        if numbers[key] < 0 {
          numbers[key] = next
          next += 1
        }
        codes.append(numbers[key])
      }
    } else {
      var numbers: [Int: Int32] = [:]
      for key in keys {
        if let number = numbers[key] {
          codes.append(number)
        } else {
          numbers[key] = next
          codes.append(next)
          next += 1
        }
      }
    }
    self.codes = codes
    count = Int(next)
  }

  /// The cells of a product: rows that agree in both.
  package func crossed(with other: OccupiedCells) -> OccupiedCells {
    crossed(with: other.codes, bound: other.count)
  }

  /// The cells of a product with codes of 0 ..< bound.
  package func crossed(with other: [Int32], bound: Int) -> OccupiedCells {
    let keys = zip(codes, other).map { Int($0) * bound + Int($1) }
    return OccupiedCells(keys: keys, bound: count * bound)
  }

  /// The number of rows in each cell.
  package var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for code in codes { sizes[Int(code)] += 1 }
    return sizes
  }
}
