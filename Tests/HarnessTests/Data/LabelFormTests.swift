// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct LabelFormTests {
  private func form(_ names: [String]) throws -> LabelForm? { LabelForm(try Labels(names)) }

  @Test(arguments: [
    "2024-03-01", "01.03.2024", "3/14/2024", "14:05", "14:05:09", "2024-03-01T14:05:09Z",
    "2024-03-01 14:05:09.25", "2024-03-01T14:05+01:00", "31/12/99",
  ])
  func daysAndTimesAreDates(text: String) throws {
    #expect(try form([text, text, "2024-01-02"]) == .dates(example: min(text, "2024-01-02")))
  }

  @Test(arguments: [
    "2024-13-41", "1.2.3.4", "10-20", "a:b", "192.168.0", "2024", "id-2024-03", "x",
  ])
  func otherTextsAreNot(text: String) throws {
    #expect(try form([text, text, "2024-01-02"]) == nil)
  }

  @Test func aLabelForEachRowIsAnIdentifier() throws {
    #expect(try form((0..<30).map { "c\($0)" }) == .identifiers)
    #expect(try form((0..<5).map { "c\($0)" }) == nil)
  }

  @Test func oneRowInMostClassesIsSaid() throws {
    let names = (0..<40).map { $0 < 30 ? "c\($0)" : "common" }
    #expect(try form(names) == .mostlySingle(classes: 31, singles: 30))
    #expect(try form((0..<400).map { "c\($0 % 100)" }) == nil)
  }
}
