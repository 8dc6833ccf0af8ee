// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Testing

@Suite struct InformationTests {
  @Test func oneBitIsLnTwoNats() {
    #expect(Information(bits: 1).nats == log(2.0))
    #expect(Information(nats: 1).bits == 1 / log(2.0))
  }

  @Test func isNotClampedAtZero() {
    #expect(Information(nats: -0.25).nats == -0.25)
    #expect(Information(nats: -0.25) < .zero)
  }

  @Test func isABareNumberInJSON() throws {
    let data = try JSONEncoder().encode([Information(nats: 0.5)])
    #expect(String(decoding: data, as: UTF8.self) == "[0.5]")
    #expect(try JSONDecoder().decode([Information].self, from: data) == [Information(nats: 0.5)])
  }
}
