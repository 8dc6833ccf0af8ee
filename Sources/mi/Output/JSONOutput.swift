// SPDX-License-Identifier: MIT

import Harness

/// Prints one JSON object.
func printJSON(_ value: some Encodable) throws { print(try answerJSON(value)) }
