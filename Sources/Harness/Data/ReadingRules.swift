// SPDX-License-Identifier: MIT

internal import EstimatorAPI

extension StoredArray {
  /// The variable that the rules of ``loadVariable(_:reading:)`` make of an array.
  func variable(
    _ reading: VariableReading, name: String
  ) throws(DataError) -> (variable: Variable, elementType: String, reading: String) {
    if reading != .continuous, let labels = try oneHotLabels(name: name) {
      let taken = "labels, one-hot, \(counted(labels.classCount, "class", "classes"))"
      return (.labels(labels), elementType, "\(subject) taken as \(taken)")
    }
    let isContinuous: Bool
    switch (reading, elements) {
    case (.continuous, _), (.automatic, .reals): isContinuous = true
    default: isContinuous = false
    }
    let variable =
      isContinuous ? Variable.samples(try samples(name: name)) : .labels(try labels(name: name))
    let taken =
      switch variable {
      case .samples: "continuous, \(rows) x \(columns)"
      case .labels(let labels): "labels, \(counted(labels.classCount, "class", "classes"))"
      }
    return (variable, elementType, "\(subject) taken as \(taken)")
  }

  private func samples(name: String) throws(DataError) -> Samples {
    let values: [Double]
    switch elements {
    case .reals(let reals, _): values = reals
    case .integers(let integers):
      let limit: Int64 = 1 << 53
      if let at = integers.firstIndex(where: { $0 > limit || $0 < -limit }) {
        throw inexact(integers[at], at, name)
      }
      values = integers.map { Double($0) }
    case .naturals(let naturals):
      let at = naturals.firstIndex { $0 > 1 << 53 } ?? 0
      throw inexact(naturals[at], at, name)
    case .texts:
      throw DataError(
        .wrongReading, "\(name): the array holds strings, which cannot be taken as continuous.")
    }
    do {
      return try Samples(rowMajor: values, count: rows, dimension: columns)
    } catch {
      throw DataError(naming: name, error)
    }
  }

  private func inexact(_ value: some BinaryInteger, _ at: Int, _ name: String) -> DataError {
    DataError(
      .wrongReading,
      "\(name): row \(at / columns), column \(at % columns) (counted from 0) is \(value); as a "
        + "continuous number it must be within 2^53, or it would be rounded.")
  }

  private func labels(name: String) throws(DataError) -> Labels {
    guard columns == 1 else {
      throw DataError(
        .shapeMismatch,
        "\(name): the \(elementType) values have shape \(Self.shapeText(shape)); labels need one "
          + "column; if these are numbers, ask for continuous.")
    }
    do {
      switch elements {
      case .reals(let reals, let isSingle): return try realLabels(reals, isSingle: isSingle)
      case .integers(let integers):
        return try integers.withUnsafeBufferPointer { try integerLabels($0) }
      case .naturals(let naturals): return try Labels(naturals)
      case .texts(let texts):
        if let row = texts.firstIndex(of: "") {
          throw DataError(
            .missingValue,
            "\(name): the label of row \(row) (counted from 0) is empty; name it or remove the row."
          )
        }
        return try Labels(texts)
      }
    } catch let error as EstimatorError {
      throw DataError(naming: name, error)
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(.malformed, "\(name): \(error)")
    }
  }
}

/// The labels that `Labels(integers)` is, by a table instead of a dictionary where the range is small.
func integerLabels<Integer: FixedWidthInteger>(
  _ integers: UnsafeBufferPointer<Integer>
) throws(EstimatorError) -> Labels {
  guard let low = integers.min(), let high = integers.max(),
    let widest = Int(exactly: high).flatMap({ high in
      Int(exactly: low).map { high.subtractingReportingOverflow($0) }
    }), !widest.overflow, widest.partialValue < 1 << 16
  else { return try Labels(Array(integers)) }
  var codeOf = [Int32](repeating: -1, count: widest.partialValue + 1)
  for value in integers { codeOf[Int(value) - Int(low)] = 0 }
  var names: [String] = []
  for slot in codeOf.indices where codeOf[slot] == 0 {
    codeOf[slot] = Int32(names.count)
    names.append("\(Int(low) + slot)")
  }
  return try Labels(codes: integers.map { codeOf[Int($0) - Int(low)] }, names: names)
}

/// Labels whose classes are numbers, sorted as numbers.
private func realLabels(_ reals: [Double], isSingle: Bool) throws(EstimatorError) -> Labels {
  // Samples tests finiteness with its place; adding 0 makes -0 and 0 one class.
  let values = try Samples(reals).values.map { $0 + 0 }
  let labels = try Labels(values)
  let classes = Set(values).sorted()
  return try Labels(
    codes: labels.codes, names: classes.map { shortestText($0, isSingle: isSingle) })
}

/// The shortest decimal text that reads back as the value, without ".0".
private func shortestText(_ value: Double, isSingle: Bool) -> String {
  let text = isSingle ? "\(Float(value))" : "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A count with its noun.
func counted(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}

extension DataError {
  /// An estimator's complaint about values, under the name of their file.
  init(naming name: String, _ error: EstimatorError) {
    let code: Code = error.code == .nonFinite ? .nonFinite : .shapeMismatch
    let sentence = error.description
    self.init(code, "\(name): " + sentence.prefix(1).lowercased() + sentence.dropFirst())
  }
}
