// SPDX-License-Identifier: MIT

import EstimatorAPI
import Synchronization

extension ConformanceCheck {
  static let wellFormed = ConformanceCheck(
    "wellFormed",
    "Numbers are finite, pointwise values average to the estimate, the kind is the declared one.",
    isQuick: true
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      let estimate = try subject.estimate(pair)
      let nats = estimate.information.nats
      if estimate.kind != subject.traits.estimateKind {
        return .broken(
          "it returned a \(estimate.kind.rawValue); the traits declare "
            + subject.traits.estimateKind.rawValue)
      }
      if let error = estimate.standardError?.nats, !(error.isFinite && error >= 0) {
        return .broken("the standard error is \(error) nats; it must be finite and not negative")
      }
      if let pointwise = estimate.pointwise {
        let mean = pointwise.reduce(0, +) / Double(pointwise.count)
        guard pointwise.count == pair.x.count, abs(mean - nats) <= 1e-9 * (1 + abs(nats)) else {
          return .broken(
            "\(pointwise.count) pointwise values average to \(mean) over \(pair.x.count) rows; "
              + "the estimate is \(nats)")
        }
      }
      return .holds("\(kind.rawValue): \(text(nats))")
    }
  }

  static let determinism = ConformanceCheck(
    "determinism", "The same request gives the same bits, whatever was asked before.",
    isQuick: true
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      let first = try subject.estimate(pair)
      // Another request in between: nothing may be left from it.
      _ = try subject.estimate(
        KnownPair.draw(kind, strength: 0.3, rows: subject.rows, seed: 12), seed: 99)
      let second = try subject.estimate(pair)
      return .when(
        first == second,
        "\(kind.rawValue): \(first.information.nats), then \(second.information.nats)")
    }
  }

  static let seedIgnored = ConformanceCheck(
    "seedIgnored", "An estimator declared deterministic gives the same bits at any seed.",
    when: .deterministic
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      let first = try subject.nats(pair, seed: 1)
      let second = try subject.nats(pair, seed: 0xDEAD_BEEF_0000_0001)
      return .when(first == second, "\(kind.rawValue): \(first) and \(second) at two seeds")
    }
  }

  static let threads = ConformanceCheck(
    "threads", "The number of threads changes no bit of the result."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      let one = try subject.estimate(pair, threads: 1)
      for threads in [2, 3] {
        let other = try subject.estimate(pair, threads: threads)
        if other != one {
          return .broken(
            "\(kind.rawValue): \(one.information.nats) with 1 thread, "
              + "\(other.information.nats) with \(threads)")
        }
      }
      return .holds("\(kind.rawValue): equal with 1, 2 and 3")
    }
  }

  static let progress = ConformanceCheck(
    "progress", "Shares of the work done lie between 0 and 1."
  ) { subject throws(EstimatorError) in
    let shares = Shares()
    _ = try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      var request = try EstimationRequest(
        x: pair.x, y: pair.y, seed: 1, isCancelled: subject.isCancelled)
      request.progress = { shares.note($0) }
      _ = try subject.estimator.estimate(request)
      return .holds("")
    }
    let (count, wrong) = shares.seen
    if let wrong { return .broken("it reported \(wrong); a share is from 0 to 1") }
    return .holds("\(count) reports")
  }

  static let cancellation = ConformanceCheck(
    "cancellation", "Asked to stop, it ends within a second: with cancelled, or with its result."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      var request = try EstimationRequest(x: pair.x, y: pair.y, seed: 1)
      request.isCancelled = { true }
      let clock = ContinuousClock()
      let start = clock.now
      var end = "returned"
      do throws(EstimatorError) {
        _ = try subject.estimator.estimate(request)
      } catch {
        guard error.code == .cancelled else { throw error }
        end = "threw cancelled"
      }
      let seconds = (clock.now - start) / .seconds(1)
      // Half a second of grace for a busy machine.
      return .when(seconds < 1.5, "\(kind.rawValue): it \(end) after \(text(seconds)) s")
    }
  }
}

/// What progress reports came, from any thread.
private final class Shares: Sendable {
  private let state = Mutex<(count: Int, wrong: Double?)>((0, nil))

  var seen: (count: Int, wrong: Double?) { state.withLock { $0 } }

  func note(_ share: Double) {
    state.withLock { state in
      state.count += 1
      if !(0...1).contains(share) { state.wrong = share }
    }
  }
}
