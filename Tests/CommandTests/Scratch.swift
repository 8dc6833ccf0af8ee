// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Harness

/// A folder of files for one test, removed with the object.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("mi-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  @discardableResult
  func write(_ name: String, text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Numbers as float64, n x columns.
  @discardableResult
  func write(_ name: String, _ numbers: [Double], columns: Int = 1) throws -> String {
    let rows = numbers.count / columns
    return try write(
      name, bytes: npyBytes(numbers, shape: columns == 1 ? [rows] : [rows, columns]))
  }

  /// Class codes as int64.
  @discardableResult
  func write(_ name: String, labels: [Int64]) throws -> String {
    try write(name, bytes: npyBytes(labels, shape: [labels.count]))
  }
}

/// Columns x and y with correlation 0.8 and labels of three classes by the size of x.
struct ExampleData {
  let x: [Double]
  let y: [Double]
  let labels: [Int64]

  init(n: Int, seed: UInt64 = 1) {
    var random = RandomSource(seed: testSeed(seed))
    x = random.normals(n)
    y = x.map { 0.8 * $0 + 0.6 * random.normal() }
    labels = x.map { $0 < -0.5 ? 0 : $0 < 0.5 ? 1 : 2 }
  }
}
