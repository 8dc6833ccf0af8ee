// SPDX-License-Identifier: MIT

import CEstimatorPlugin
import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The `estimate` of every exported estimator: C to Swift and back.
func exportedEstimate(
  _ pointer: UnsafePointer<mi_estimator>?, _ request: UnsafePointer<mi_request>?,
  _ result: UnsafeMutablePointer<mi_result>?
) -> Int32 {
  guard let estimator = pointer?.pointee, let state = estimator.state,
    let request = request.map(fields), let result
  else { return MI_FAILED }
  let type = Unmanaged<ExportedEstimator>.fromOpaque(state).takeUnretainedValue().type
  let answer = Answer()
  result.pointee.state = Unmanaged.passRetained(answer).toOpaque()
  result.pointee.release = { result in
    guard let state = result?.pointee.state else { return }
    Unmanaged<Answer>.fromOpaque(state).release()
    result?.pointee.state = nil
  }
  do throws(EstimatorError) {
    let made = try type.init(parameters: parameters(request, type.descriptor))
    answer.keep(try made.estimate(Incoming(request).request()), in: result)
    return MI_OK
  } catch {
    guard error.code != .cancelled else { return MI_CANCELLED }
    result.pointee.error_code = answer.text(error.code.rawValue)
    result.pointee.error = answer.text(error.description)
    return MI_FAILED
  }
}

/// The fields that the host has; a host of the first release has none of the newer ones, which are 0
/// then.
private func fields(_ request: UnsafePointer<mi_request>) -> mi_request {
  var fields = mi_request()
  withUnsafeMutableBytes(of: &fields) { bytes in
    let size = UnsafeRawPointer(request).load(as: UInt32.self)
    bytes.copyMemory(
      from: UnsafeRawBufferPointer(start: request, count: min(Int(size), bytes.count)))
  }
  return fields
}

private func parameters(
  _ request: mi_request, _ descriptor: EstimatorDescriptor
) throws(EstimatorError) -> ParameterValues {
  var texts: [String: String] = [:]
  var place = 0
  for parameter in descriptor.parameters {
    // Left out of the C descriptor, see exportPlugin.
    if case .integers = parameter.type { continue }
    if let value = request.values?[place].text {
      texts[parameter.name] = String(cString: value)
    }
    place += 1
  }
  return try descriptor.resolve(texts)
}

/// A request from C.
///
/// Unchecked: the C callback is called on the thread of `estimate` alone, as an exported estimator
/// may report from any thread, only the first thread's reports are passed on.
private final class Incoming: @unchecked Sendable {
  private let plain: mi_request
  private let thread = pthread_self()
  private var isStopped = false

  init(_ plain: mi_request) { self.plain = plain }

  func request() throws(EstimatorError) -> EstimationRequest {
    try EstimationRequest(
      x: variable(plain.x), y: variable(plain.y), groups: groups, seed: plain.seed,
      threads: max(1, Int(plain.threads)), progress: { self.tell($0) },
      isCancelled: { self.tell(-1) })
  }

  /// The group of each row.
  private var groups: [Int]? {
    plain.groups.map { codes in
      UnsafeBufferPointer(start: codes, count: Int(plain.n)).map { Int($0) }
    }
  }

  /// Reports a share, or asks alone where it is negative; true means stop.
  @discardableResult
  private func tell(_ share: Double) -> Bool {
    guard pthread_equal(thread, pthread_self()) != 0 else { return isStopped }
    if share >= 0 { lastShare = share }
    isStopped = isStopped || plain.progress(plain.context, lastShare) != 0
    return isStopped
  }

  private var lastShare = 0.0

  private func variable(
    _ pointer: UnsafePointer<mi_variable>?
  ) throws(EstimatorError) -> Variable {
    guard let plain = pointer?.pointee else {
      throw .shapeMismatch("variables", found: "NULL", needed: "two")
    }
    let rows = Int(self.plain.n)
    if let codes = plain.codes {
      return .labels(
        try Labels(
          codes: Array(UnsafeBufferPointer(start: codes, count: rows)),
          names: (0..<Int(plain.classes)).map { "\($0)" }))
    }
    let columns = Int(plain.columns)
    return .samples(
      try Samples(
        rowMajor: Array(UnsafeBufferPointer(start: plain.values, count: rows * columns)),
        count: rows, dimension: columns))
  }
}

/// What a result points to, until the host releases it.
private final class Answer {
  private var texts: [UnsafeMutablePointer<CChar>?] = []
  private var lists: [UnsafeMutableRawPointer] = []

  func text(_ value: String) -> UnsafePointer<CChar>? {
    let copy = strdup(value)
    texts.append(copy)
    return copy.map { UnsafePointer($0) }
  }

  private func list<Value>(_ values: [Value]) -> UnsafePointer<Value>? {
    guard !values.isEmpty else { return nil }
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
    for (index, value) in values.enumerated() { (pointer + index).initialize(to: value) }
    lists.append(UnsafeMutableRawPointer(pointer))
    return UnsafePointer(pointer)
  }

  func keep(_ estimate: Estimate, in result: UnsafeMutablePointer<mi_result>) {
    result.pointee.nats = estimate.information.nats
    if let error = estimate.standardError { result.pointee.standard_error = error.nats }
    result.pointee.pointwise = list(estimate.pointwise ?? [])
    let diagnostics = estimate.diagnostics.sorted { $0.key < $1.key }.map { name, value in
      switch value {
      case .integer(let value): mi_diagnostic(name: text(name), text: nil, number: Double(value))
      case .number(let value): mi_diagnostic(name: text(name), text: nil, number: value)
      default: mi_diagnostic(name: text(name), text: text(Self.words(value)), number: 0)
      }
    }
    result.pointee.diagnostics = list(diagnostics)
    result.pointee.diagnostic_count = Int64(diagnostics.count)
    let warnings = estimate.warnings.map {
      mi_warning(code: text($0.code), message: text($0.message))
    }
    result.pointee.warnings = list(warnings)
    result.pointee.warning_count = Int64(warnings.count)
  }

  private static func words(_ value: DiagnosticValue) -> String {
    switch value {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    case .flag(let value): value ? "true" : "false"
    case .numbers(let values): values.map { "\($0)" }.joined(separator: ", ")
    case .texts(let values): values.joined(separator: ", ")
    }
  }

  deinit {
    for text in texts { free(text) }
    for list in lists { list.deallocate() }
  }
}
