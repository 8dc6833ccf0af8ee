// SPDX-License-Identifier: MIT

/// Whether a name matches a pattern as of file names: `*` any text, `?` any one character, `[a-c]`
/// one of several, `[!a-c]` one of the others; a `[` without a `]` stands for itself.
package func matches(_ name: String, glob pattern: String) -> Bool {
  matches(Array(name)[...], Array(pattern)[...])
}

private func matches(
  _ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>
) -> Bool {
  guard let symbol = pattern.first else { return name.isEmpty }
  let rest = pattern.dropFirst()
  if symbol == "*" {
    // Several stars are one; each end of the star's text is tried.
    let tail = rest.drop { $0 == "*" }
    return (name.startIndex...name.endIndex).contains { matches(name[$0...], tail) }
  }
  guard let letter = name.first else { return false }
  if symbol == "[", let end = rest.dropFirst().firstIndex(of: "]") {
    return isMember(letter, of: rest[..<end])
      && matches(name.dropFirst(), pattern[(end + 1)...])
  }
  return (symbol == "?" || symbol == letter) && matches(name.dropFirst(), rest)
}

private func isMember(_ letter: Character, of set: ArraySlice<Character>) -> Bool {
  let negated = set.first == "!"
  let set = Array(negated ? set.dropFirst() : set)
  var found = false
  var i = 0
  while i < set.count {
    if i + 2 < set.count, set[i + 1] == "-" {
      found = found || (set[i] <= letter && letter <= set[i + 2])
      i += 3
    } else {
      found = found || set[i] == letter
      i += 1
    }
  }
  return found != negated
}

/// Up to three names that contain the word, or differ from it in few letters, nearest first.
package func nearest(_ word: String, among names: [String]) -> [String] {
  let letters = Array(word)
  let ranked = names.map { name in
    (name: name, distance: name.contains(word) ? 1 : lettersApart(Array(name), letters))
  }
  return ranked.filter { $0.distance <= max(2, word.count / 3) }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
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
