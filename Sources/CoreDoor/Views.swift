// SPDX-License-Identifier: MIT

import CCoreDoor
import EstimatorAPI
import Harness

/// The views of a check or a distillation, borrowed from the caller.
struct Views {
  let named: [NamedVariable]
  let records: [VariableRecord]

  var teachers: [NamedVariable] { Array(named.dropLast(2)) }
  var student: NamedVariable { named[named.count - 2] }
  var labels: NamedVariable { named[named.count - 1] }

  /// Reads the arrays.
  ///
  /// - Throws: `invalidOption` for names that are missing or equal, or a `DataError`.
  init(
    _ teachers: UnsafePointer<mi_array>, _ count: Int64, student: UnsafePointer<mi_array>,
    labels: UnsafePointer<mi_array>
  ) throws {
    let first = (0..<Int(max(count, 0))).map { teachers + $0 }
    try CheckSettings.check(teachers: first.map { String(cString: $0.pointee.name) })
    let arrays = first + [student, labels]
    let read = try arrays.map { try variable($0) }
    named = zip(arrays, read).map { array, read in
      NamedVariable(
        String(cString: array.pointee.name), read.variable,
        isContinuous: array.pointee.reading == 2)
    }
    records = read.map(\.record)
  }
}

/// The groups of rows, checked; nil where there are none.
///
/// - Throws: a `DataError`.
func groupLabels(_ groups: UnsafePointer<mi_array>?) throws -> Labels? {
  try groups.map { try checkedGroups(variable($0).variable.labels, named: "groups") }
}
