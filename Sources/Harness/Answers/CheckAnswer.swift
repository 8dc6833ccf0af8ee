// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// The shape of `mi check --json`: the report with the variables it was made from, as one flat
/// object.
package struct CheckAnswer: Encodable {
  package let variables: [VariableRecord]
  /// How the columns of each variable that holds numbers were recorded, by its name.
  package let recordings: [String: RecordingRecord]
  package let report: CheckReport

  /// `data` are the variables as they were read, before a check took few values as classes.
  package init(variables: [VariableRecord], data: [NamedVariable], report: CheckReport) {
    self.variables = variables
    self.report = report
    recordings = data.reduce(into: [:]) { records, named in
      records[named.name] = named.variable.samples.map { RecordingRecord($0.profiles) }
    }
  }

  private enum Key: String, CodingKey { case variables, recordings }

  package func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(variables, forKey: .variables)
    try container.encode(recordings, forKey: .recordings)
  }
}
