// SPDX-License-Identifier: MIT

/// The version of the command and of the Python package.
package let version = "0.2.0"
