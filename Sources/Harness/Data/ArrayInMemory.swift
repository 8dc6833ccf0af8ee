// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// A variable made of an array in memory by the rules of ``loadVariable(_:reading:)``.
///
/// 64-bit numbers that are taken as continuous stay where they are; the array must outlive the
/// variable. 32-bit integers are numbered as classes where they lie. Everything else is widened once.
package struct ArrayInMemory {
  /// The samples or labels.
  package let variable: Variable
  private let reading: String
  private let name: String

  /// Reads a row-major array whose elements are of the type that NumPy writes as `type`.
  ///
  /// - Throws: an error that names the variable and the place.
  package init(
    name: String, type: String, data: UnsafeRawPointer?, shape: [Int],
    reading: VariableReading
  ) throws(DataError) {
    self.name = name
    let element = try ArrayElementType(npy: type, name: name)
    let count = try StoredArray.checkShape(shape, name: name)
    let (size, overflow) = count.multipliedReportingOverflow(by: element.size)
    guard let data, !overflow else {
      throw DataError(.shapeMismatch, "\(name): the array has no elements.")
    }
    let isBorrowed =
      element == ArrayElementType(.float, size: 8) && reading != .discrete
      && !Self.mayBeOneHot(data, shape: shape, reading: reading)
      && Int(bitPattern: data) % MemoryLayout<Double>.alignment == 0
    if isBorrowed {
      let numbers = UnsafeBufferPointer(
        start: data.assumingMemoryBound(to: Double.self), count: count)
      let columns = shape.count == 2 ? shape[1] : 1
      do {
        variable = .samples(
          try Samples(borrowing: numbers, count: shape[0], dimension: columns))
      } catch {
        throw DataError(naming: name, error).counting(
          missing: (0..<shape[0]).map { row in
            numbers[row * columns..<(row + 1) * columns].contains { $0.isNaN }
          })
      }
      self.reading = "float64 array taken as continuous, \(shape[0]) x \(columns)"
      return
    }
    let isCodes =
      element == ArrayElementType(.signed, size: 4) && reading != .continuous
      && count == shape[0] && Int(bitPattern: data) % MemoryLayout<Int32>.alignment == 0
    if isCodes {
      let codes = UnsafeBufferPointer(
        start: data.assumingMemoryBound(to: Int32.self), count: count)
      do {
        let labels = try integerLabels(codes)
        variable = .labels(labels)
        let classes = counted(labels.classCount, "class", "classes")
        self.reading = "int32 array taken as labels, \(classes)"
      } catch {
        throw DataError(naming: name, error)
      }
      return
    }
    let bytes = UnsafeRawBufferPointer(start: data, count: size)
    let array = try StoredArray(
      decoding: bytes, as: element, shape: shape, isFortran: false, name: name, offset: 0)
    do throws(DataError) {
      (variable, _, self.reading) = try array.variable(reading, name: name)
    } catch {
      throw error.counting(missing: array.missing)
    }
  }

  /// Whether the first row is a 1 among 0s, so that all must be read.
  private static func mayBeOneHot(
    _ data: UnsafeRawPointer, shape: [Int], reading: VariableReading
  ) -> Bool {
    guard reading == .automatic, shape.count == 2, shape[1] >= 2 else { return false }
    let first = UnsafeRawBufferPointer(start: data, count: shape[1] * 8)
    let values = (0..<shape[1]).map { first.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }
    return values.allSatisfy { $0 == 0 || $0 == 1 } && values.reduce(0, +) == 1
  }

  /// What was taken, as the command says it of a file.
  package var record: VariableRecord {
    VariableRecord(
      name: name, file: name, reading: reading, hash: ContentHash(variable).text)
  }
}
