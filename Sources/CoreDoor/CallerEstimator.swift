// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CCoreDoor
import EstimatorAPI
import Harness
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A function of the caller with its context.
///
/// Unchecked: the contract lets it be called from any thread.
struct CallerFunction: @unchecked Sendable {
  let function: mi_function
  let context: UnsafeMutableRawPointer?
}

/// A registered function as an estimator.
struct CallerEstimator: MutualInformationEstimator {
  let descriptor: EstimatorDescriptor
  let parameters: ParameterValues
  let caller: CallerFunction

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    try request.checkCancellation()
    let settings = parameters.canonicalJSON
    var reply = mi_reply(nats: .nan, standard_error: .nan)
    let groups = request.groups?.numbered.map { Int32($0) }
    let status = withView(request.x) { x in
      withView(request.y) { y in
        (groups ?? []).withUnsafeBufferPointer { codes in
          caller.function(
            caller.context, x, y, groups == nil ? nil : codes.baseAddress, settings, request.seed,
            &reply)
        }
      }
    }
    let failure = LastFailure.take()
    guard status == 0 else {
      if failure?.code == EstimatorError.Code.cancelled.rawValue { throw .cancelled }
      throw EstimatorError(
        .failed, failure?.sentence ?? "Estimator \(descriptor.id) failed without a reason.")
    }
    guard reply.nats.isFinite else {
      throw EstimatorError(.failed, "Estimator \(descriptor.id) returned \(reply.nats) nats.")
    }
    return Estimate(
      Information(nats: reply.nats), kind: descriptor.traits.estimateKind,
      standardError: reply.standard_error.isFinite
        ? Information(nats: reply.standard_error) : nil)
  }

  private func withView(
    _ variable: Variable, _ body: (UnsafePointer<mi_view>) -> Int32
  ) -> Int32 {
    switch variable {
    case .samples(let samples):
      samples.withUnsafeValues { values in
        var view = mi_view(
          rows: Int64(samples.count), columns: Int64(samples.dimension),
          values: values.baseAddress, codes: nil, classes: 0)
        return body(&view)
      }
    case .labels(let labels):
      labels.codes.withUnsafeBufferPointer { codes in
        var view = mi_view(
          rows: Int64(labels.count), columns: 1, values: nil, codes: codes.baseAddress,
          classes: Int64(labels.classCount))
        return body(&view)
      }
    }
  }
}

/// Why the function that returns next on this thread failed.
private enum LastFailure {
  private static let failures = Mutex<[UInt: (code: String, sentence: String)]>([:])

  static func put(_ code: String, _ sentence: String) {
    failures.withLock { $0[thread] = (code, sentence) }
  }

  static func take() -> (code: String, sentence: String)? {
    failures.withLock { $0.removeValue(forKey: thread) }
  }

  private static var thread: UInt {
    #if canImport(Glibc)
    UInt(pthread_self())
    #else
    UInt(bitPattern: pthread_self())
    #endif
  }
}

@c @implementation
public func mi_fail(_ code: UnsafePointer<CChar>, _ sentence: UnsafePointer<CChar>) {
  LastFailure.put(String(cString: code), String(cString: sentence))
}
