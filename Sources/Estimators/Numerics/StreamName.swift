// SPDX-License-Identifier: MIT

/// The FNV-1a hash of a text: a number for a random stream that no later edit of a list moves.
package func fnv1a(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
