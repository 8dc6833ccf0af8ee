// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ParameterValues {
  /// The parameters for people, by name.
  var text: String {
    values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}
