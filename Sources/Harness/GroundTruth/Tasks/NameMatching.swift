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
