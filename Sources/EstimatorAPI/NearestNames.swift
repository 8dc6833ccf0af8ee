// SPDX-License-Identifier: MIT

/// Up to two names that contain a misspelt word or differ from it in few letters, nearest first.
package func nearestNames(to word: String, among names: [String]) -> [String] {
  let ranked = names.map { name in
    (name: name, distance: name.contains(word) ? 1 : lettersApart(Array(name), Array(word)))
  }
  return ranked.filter { $0.distance <= max(2, word.count / 2) }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(2).map(\.name)
}

/// The least number of letters to insert, delete or replace to turn one word into the other.
private func lettersApart(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (i, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(diagonal + (letter == other ? 0 : 1), above + 1, row[j] + 1)
      diagonal = above
    }
  }
  return row[right.count]
}
