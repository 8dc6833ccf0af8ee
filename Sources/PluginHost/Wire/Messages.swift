// SPDX-License-Identifier: MIT

package import EstimatorAPI

// The messages of Plugins/PROTOCOL.md, JSON-RPC 2.0.

/// The version of the protocol.
package let protocolVersion = 1

/// A call from the host, or from a plugin a note without an id.
package struct Call<Parameters: Codable>: Codable {
  package var jsonrpc = "2.0"
  package var id: Int?
  package let method: String
  package let params: Parameters

  package init(id: Int? = nil, _ method: String, _ params: Parameters) {
    self.id = id
    self.method = method
    self.params = params
  }
}

/// The outside of a message from a plugin: what it is, before its result is read.
package struct Envelope: Codable {
  package var jsonrpc: String?
  package var id: Int?
  package var method: String?
  package var params: ProgressNote?
  package var error: WireError?
}

/// An answer.
package struct Answer<Result: Codable>: Codable {
  package var jsonrpc = "2.0"
  package let id: Int
  package var result: Result?
  package var error: WireError?

  package init(id: Int, result: Result? = nil, error: WireError? = nil) {
    self.id = id
    self.result = result
    self.error = error
  }
}

/// Why there is no result.
package struct WireError: Codable {
  package struct Details: Codable {
    /// A code of `EstimatorError`, such as constantColumn.
    package var code: String?
  }
  package let code: Int
  package let message: String
  package var data: Details?
}

/// The parameters of `progress`, from the plugin.
///
/// All optional, as the envelope of any message is read with it.
package struct ProgressNote: Codable {
  package var id: Int?
  package var share: Double?
}

/// `cancel`, from the host.
package struct CancelNote: Codable {
  package let id: Int
}

/// No parameters.
package struct Nothing: Codable {
  package init() {}
}

/// `initialize`.
package struct InitializeCall: Codable {
  package let protocolVersion: Int
  package let host: String
}

/// A plugin's self-description.
package struct InitializeAnswer: Codable {
  package let protocolVersion: Int
  package let name: String
  package let version: String
  package let estimators: [WireDescriptor]
}

/// `estimate`.
package struct EstimateCall: Codable {
  package let estimator: String
  package let parameters: [String: ParameterValue]
  package let x: WireVariable
  package let y: WireVariable
  /// The group of each row as labels; left out where rows stand alone.
  package var groups: WireVariable?
  /// In digits: many languages read a JSON number as a float64, which has no room for 64 bits.
  package let seed: String
  package let threads: Int
}

/// One variable: a file and what is in it.
package struct WireVariable: Codable {
  /// `continuous` (float64, rows x columns) or `labels` (int32 class codes, rows).
  package let kind: String
  /// A .npy file, version 1.0, little-endian, C order.
  package let path: String
  package let rows: Int
  package let columns: Int
  /// The names of the classes of labels.
  package var classes: [String]?
}

/// The result of `estimate`.
package struct EstimateAnswer: Codable {
  package let nats: Double
  package var kind: EstimateKind?
  package var standardErrorNats: Double?
  package var pointwise: [Double]?
  package var diagnostics: [String: DiagnosticValue]?
  package var warnings: [EstimateWarning]?
}
