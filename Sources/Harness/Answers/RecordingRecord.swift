// SPDX-License-Identifier: MIT

import EstimatorAPI
package import Estimators

/// How the columns of one side were recorded, for the JSON: the number of each kind, and every column
/// that is not continuous, up to the first 32.
package struct RecordingRecord: Encodable {
  /// A column that is not continuous.
  package struct Column: Encodable {
    package let column: Int
    package let kind: ColumnProfile.Kind
    package let distinct: Int
    package let tiedShare: Double
    @Nullable package var step: Double?
    package let entropyNats: Double
    package let atoms: [ColumnProfile.Atom]
  }

  package let columns: Int
  package let kinds: [String: Int]
  package let noted: [Column]

  package init(_ profiles: [ColumnProfile]) {
    columns = profiles.count
    kinds = profiles.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
    noted = profiles.enumerated().filter { $1.kind != .continuous }.prefix(32).map {
      Column(
        column: $0, kind: $1.kind, distinct: $1.distinct, tiedShare: $1.tiedShare, step: $1.step,
        entropyNats: $1.entropyNats, atoms: $1.atoms)
    }
  }

  /// The columns that are not continuous, in words; nil where all are.
  package var sentence: String? {
    let names = [
      ("recorded", "recorded in steps"), ("fewValues", "of few values"), ("atoms", "with atoms"),
      ("constant", "constant"),
    ]
    let parts = names.compactMap { kind, words in kinds[kind].map { "\($0) \(words)" } }
    return parts.isEmpty ? nil : "of \(columns) columns " + parts.joined(separator: ", ")
  }
}
