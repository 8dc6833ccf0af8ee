// SPDX-License-Identifier: MIT

/// A discrete variable: `count` class codes and the names they stand for.
///
/// Codes carry no order and no distance. An estimator must never treat them as numbers.
public struct Labels: Sendable, Hashable {
  /// The class of each row, an index into ``names``.
  public let codes: [Int32]
  /// The name of each class.
  ///
  /// A class may have no row, as happens after selecting rows.
  public let names: [String]

  /// The number of rows n, at least 1.
  public var count: Int { codes.count }
  /// The number of named classes C.
  public var classCount: Int { names.count }

  /// Creates labels from codes.
  ///
  /// - Parameters:
  ///   - codes: at least one code, each an index into `names`.
  ///   - names: the name of each class.
  /// - Throws: `shapeMismatch` for no rows, `invalidLabel` for a code without a name.
  public init(codes: [Int32], names: [String]) throws(EstimatorError) {
    guard !codes.isEmpty else {
      throw .shapeMismatch("labels", found: "0 rows", needed: "at least 1")
    }
    for (row, code) in codes.enumerated() where !(0..<Int32(names.count)).contains(code) {
      throw .invalidLabel(code: Int(code), row: row, classCount: names.count)
    }
    self.codes = codes
    self.names = names
  }

  /// Creates labels from values of any kind, naming each class by its value; classes are sorted.
  ///
  /// - Throws: `shapeMismatch` for no rows.
  public init<Value: Hashable & Comparable>(_ values: [Value]) throws(EstimatorError) {
    let classes = Set(values).sorted()
    var codeOf: [Value: Int32] = [:]
    for (code, value) in classes.enumerated() { codeOf[value] = Int32(code) }
    try self.init(codes: values.map { codeOf[$0] ?? -1 }, names: classes.map { "\($0)" })
  }

  /// The number of rows of each class, in the order of ``names``.
  public var classSizes: [Int] {
    var sizes = [Int](repeating: 0, count: names.count)
    for code in codes { sizes[Int(code)] += 1 }
    return sizes
  }

  /// The rows at the given indices, in that order, under the same names.
  public func selecting(rows: [Int]) -> Labels {
    precondition(!rows.isEmpty, "selecting no rows")
    return Labels(unchecked: rows.map { codes[$0] }, names: names)
  }

  private init(unchecked codes: [Int32], names: [String]) {
    self.codes = codes
    self.names = names
  }
}
