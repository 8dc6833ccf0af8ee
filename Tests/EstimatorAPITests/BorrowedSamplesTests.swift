// SPDX-License-Identifier: MIT

import EstimatorAPI
import Testing

@Suite("borrowed samples")
struct BorrowedSamplesTests {
  private let numbers: [Double] = [1, 2, 3, 4, 5, 6]

  @Test func `they are the samples that own the numbers`() throws {
    try numbers.withUnsafeBufferPointer { memory in
      let borrowed = try Samples(borrowing: memory, count: 3, dimension: 2)
      let owned = try Samples(rowMajor: numbers, count: 3, dimension: 2)
      #expect(borrowed == owned)
      #expect(borrowed.hashValue == owned.hashValue)
      #expect(borrowed.values == numbers)
      #expect(borrowed.column(1) == [2, 4, 6])
      #expect(borrowed.selecting(rows: [2, 0]) == owned.selecting(rows: [2, 0]))
      #expect(borrowed != (try Samples(rowMajor: numbers, count: 2, dimension: 3)))
    }
  }

  @Test func `lending them copies nothing`() throws {
    try numbers.withUnsafeBufferPointer { memory in
      let borrowed = try Samples(borrowing: memory, count: 6, dimension: 1)
      #expect(borrowed.withUnsafeValues { $0.baseAddress == memory.baseAddress })
    }
  }

  @Test func `shape and finiteness are checked`() throws {
    [1, .infinity].withUnsafeBufferPointer { memory in
      let error = #expect(throws: EstimatorError.self) {
        try Samples(borrowing: memory, count: 2, dimension: 1)
      }
      #expect(error == .nonFinite(value: .infinity, row: 1, column: 0))
      #expect(throws: EstimatorError.self) {
        try Samples(borrowing: memory, count: 3, dimension: 1)
      }
    }
  }
}
