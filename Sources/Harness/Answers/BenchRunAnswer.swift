// SPDX-License-Identifier: MIT

/// The shape of `mi bench run --json`.
package struct BenchRunAnswer: Encodable {
  package let schema = "mi.bench.run/1"
  package let store: String
  package let summary: RunSummary

  package init(store: String, summary: RunSummary) {
    self.store = store
    self.summary = summary
  }

  private enum Key: String, CodingKey { case schema, store }

  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(store, forKey: .store)
  }
}
