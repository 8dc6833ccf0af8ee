// SPDX-License-Identifier: MIT

import PluginHost
import Testing

@Suite struct FrameParserTests {
  @Test func messagesSurviveAnySplit() throws {
    let bodies = [Array("{}".utf8), [], Array("{\"a\": 1}".utf8)]
    let bytes = bodies.flatMap(framed)
    for size in 1...bytes.count {
      var parser = FrameParser()
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        parser.append(bytes[start..<min(start + size, bytes.count)])
        while let body = try parser.next() { found.append(body) }
      }
      #expect(found == bodies)
      #expect(!parser.isInsideMessage)
    }
  }

  @Test func moreHeaderFieldsAreSkipped() throws {
    var parser = FrameParser()
    parser.append(Array("Content-Length: 2\r\nContent-Type: json\r\n\r\n{}".utf8))
    #expect(try parser.next() == Array("{}".utf8))
  }

  @Test(arguments: [
    "hello", "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "content-length: 2\r\n\r\n",
    "Content-Length: 2\n\n{}", "Content-Length: \r\n\r\n", "Content-Length: 99999999999\r\n\r\n",
    "Content-Length: 2\r\n" + String(repeating: "a", count: 500),
  ])
  func otherBytesAreRefused(_ text: String) {
    var parser = FrameParser()
    parser.append(Array(text.utf8))
    #expect(throws: FrameError.self) { try parser.next() }
  }

  @Test func longMessagesAreRefusedBeforeTheyAreRead() {
    var parser = FrameParser()
    parser.append(Array("Content-Length: \(FrameParser.longestMessage + 1)\r\n\r\n".utf8))
    #expect(throws: FrameError.tooLong(FrameParser.longestMessage + 1)) { try parser.next() }
  }

  /// Mutations of good streams: whatever the bytes, the parser answers, throws, or waits.
  @Test func mutatedStreamsDoNoHarm() {
    var random = SystemRandomNumberGenerator()
    let good = [Array("{}".utf8), Array("{\"id\": 1, \"result\": {\"nats\": 0.5}}".utf8)]
      .flatMap(framed)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        case 1: bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random))
        default:
          bytes.insert(
            UInt8.random(in: 0...255, using: &random),
            at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      do throws(FrameError) {
        var parser = FrameParser()
        parser.append(bytes)
        while let body = try parser.next() { _ = try? decoded(Envelope.self, body) }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
  }
}
