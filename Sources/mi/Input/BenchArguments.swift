// SPDX-License-Identifier: MIT

import ArgumentParser
import Harness

/// `100,1000`: rows drawn.
struct SizeList: ExpressibleByArgument {
  let sizes: [Int]

  init(sizes: [Int]) { self.sizes = sizes }

  init?(argument: String) {
    guard let numbers = wholeNumbers(argument) else { return nil }
    sizes = Array(Set(numbers)).sorted()
  }

  var defaultValueDescription: String { sizes.map(String.init).joined(separator: ",") }
}

/// `5` for 0 to 4, `10-19`, or `3,7`.
struct SeedList: ExpressibleByArgument {
  let seeds: [Int]

  init(seeds: [Int]) { self.seeds = seeds }

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if ends.count == 2, let first = ends[0], let last = ends[1], 0 <= first, first <= last {
      seeds = Array(first...last)
    } else if let numbers = wholeNumbers(argument) {
      if numbers.count == 1, !argument.contains(",") {
        guard numbers[0] >= 1 else { return nil }
        seeds = Array(0..<numbers[0])
      } else {
        seeds = Array(Set(numbers)).sorted()
      }
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "\(seeds.count)" }
}

/// `2/4`: a part of a study.
struct ShardArgument: ExpressibleByArgument {
  let shard: Shard

  init(shard: Shard) { self.shard = shard }

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(index)
    else { return nil }
    shard = Shard(index: index, count: count)
  }

  var defaultValueDescription: String { "\(shard.index)/\(shard.count)" }
}

/// `500ms`, `60s`, `5m` or `2h`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let (number, unit) = numberWithUnit(argument) else { return nil }
    switch unit {
    case "ms": duration = .seconds(number / 1000)
    case "s", "": duration = .seconds(number)
    case "m", "min": duration = .seconds(60 * number)
    case "h": duration = .seconds(3600 * number)
    default: return nil
    }
  }
}

/// `512MB` or `2GB`, in powers of 1024.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    guard let (number, unit) = numberWithUnit(argument), number > 0, number < 1e9 else {
      return nil
    }
    let powers = ["K": 1, "M": 2, "G": 3, "T": 4]
    let letters = unit.uppercased()
    let letter = letters.hasSuffix("B") ? String(letters.dropLast()) : letters
    guard let power = powers[letter] else { return nil }
    bytes = Int(number * Double(1 << (10 * power)))
  }
}

private func wholeNumbers(_ text: String) -> [Int]? {
  let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
  let numbers = parts.compactMap { $0 }.filter { $0 >= 0 }
  return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
}

private func numberWithUnit(_ text: String) -> (Double, String)? {
  let digits = text.prefix { $0.isNumber || $0 == "." }
  return Double(digits).map { ($0, String(text.dropFirst(digits.count))) }
}
