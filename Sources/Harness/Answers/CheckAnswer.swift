// SPDX-License-Identifier: MIT

/// The shape of `mi check --json`: the report with the variables it was made from, as one flat
/// object.
package struct CheckAnswer: Encodable {
  package let variables: [VariableRecord]
  package let report: CheckReport

  package init(variables: [VariableRecord], report: CheckReport) {
    self.variables = variables
    self.report = report
  }

  private enum Key: String, CodingKey { case variables }

  package func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(variables, forKey: .variables)
  }
}
