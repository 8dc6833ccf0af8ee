// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CCoreDoor
import EstimatorAPI
import Harness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What an `mi_answer` is: a result, or an error.
final class Answer {
  let status: Int32
  let numbers: UnsafeMutableBufferPointer<Double>
  private let code: UnsafeMutablePointer<CChar>
  private let make: () throws -> String
  private var text: UnsafeMutablePointer<CChar>?

  /// A result: its numbers, and its JSON, which is made when asked for.
  init(numbers: [Double] = [], json: @escaping () throws -> String) {
    status = 0
    code = copiedText("")
    make = json
    self.numbers = .allocate(capacity: numbers.count)
    _ = self.numbers.initialize(fromContentsOf: numbers)
  }

  /// An error.
  init(status: Int32, code: String, sentence: String) {
    self.status = status
    self.code = copiedText(code)
    make = { sentence }
    numbers = .allocate(capacity: 0)
  }

  deinit {
    free(code)
    free(text)
    numbers.deallocate()
  }

  var codeText: UnsafePointer<CChar> { UnsafePointer(code) }

  var jsonText: UnsafePointer<CChar> {
    if let text { return UnsafePointer(text) }
    let made: UnsafeMutablePointer<CChar>
    do {
      made = copiedText(try make())
    } catch {
      // JSON has no word for a number that is not finite; the numbers have it all the same.
      made = copiedText("{\"error\": \"This result has no JSON: a number in it is not finite.\"}")
    }
    text = made
    return UnsafePointer(made)
  }

  static func of(_ handle: OpaquePointer) -> Answer {
    Unmanaged<Answer>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  }
}

/// A C text of its own.
func copiedText(_ text: String) -> UnsafeMutablePointer<CChar> {
  guard let copy = strdup(text) else { preconditionFailure("no memory for a text") }
  return copy
}

/// Runs the work of a call: what it throws becomes an answer too.
func answering(_ body: () throws -> Answer) -> OpaquePointer {
  let answer: Answer
  do {
    answer = try body()
  } catch let error as EstimatorError {
    answer = Answer(
      status: error.code.exitStatus, code: error.code.rawValue, sentence: error.description)
  } catch let error as DataError {
    answer = Answer(status: 65, code: error.code.rawValue, sentence: error.description)
  } catch {
    answer = Answer(status: 70, code: "failed", sentence: "\(error)")
  }
  return OpaquePointer(Unmanaged.passRetained(answer).toOpaque())
}

@c @implementation
public func mi_answer_status(_ answer: OpaquePointer) -> Int32 { Answer.of(answer).status }

@c @implementation
public func mi_answer_code(_ answer: OpaquePointer) -> UnsafePointer<CChar> {
  Answer.of(answer).codeText
}

@c @implementation
public func mi_answer_text(_ answer: OpaquePointer) -> UnsafePointer<CChar> {
  Answer.of(answer).jsonText
}

@c @implementation
public func mi_answer_numbers(
  _ answer: OpaquePointer, _ count: UnsafeMutablePointer<Int64>
) -> UnsafePointer<Double>? {
  let numbers = Answer.of(answer).numbers
  count.pointee = Int64(numbers.count)
  return numbers.isEmpty ? nil : numbers.baseAddress.map { UnsafePointer($0) }
}

@c @implementation
public func mi_answer_free(_ answer: OpaquePointer) {
  Unmanaged<Answer>.fromOpaque(UnsafeRawPointer(answer)).release()
}
