// SPDX-License-Identifier: MIT

/// What was read as a variable, and as what.
package struct VariableRecord: Encodable, Sendable {
  package let name: String
  package let file: String
  package let reading: String
  package let hash: String

  package init(name: String, file: String, reading: String, hash: String) {
    self.name = name
    self.file = file
    self.reading = reading
    self.hash = hash
  }
}
