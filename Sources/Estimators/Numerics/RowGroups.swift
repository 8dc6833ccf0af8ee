// SPDX-License-Identifier: MIT

/// The rows of each group, groups in the order of their first rows.
func rowsByGroup(_ groups: [Int]) -> [[Int]] {
  Dictionary(grouping: groups.indices) { groups[$0] }.values.sorted { $0[0] < $1[0] }
}
