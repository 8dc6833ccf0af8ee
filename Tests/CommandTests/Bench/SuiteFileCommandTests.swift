// SPDX-License-Identifier: MIT

import Foundation
import Testing

@Suite struct SuiteFileCommandTests {
  private let suite = """
    { "name": "mine", "tasks": [
      { "id": "bent", "distribution": "gaussian", "parameters": { "dx": 1, "dy": 1, "nats": 0.5 },
        "both": [ { "transform": "power", "exponent": 2 } ] } ] }
    """

  @Test func aSuiteOfOnesOwnIsListedAndRun() throws {
    let scratch = try Scratch()
    let file = try scratch.write("mine.json", text: suite)
    let tasks = try #require(
      mi("bench", "tasks", file, "--json").object()["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["id"] as? String } == ["bent"])
    #expect(tasks[0]["suite"] as? String == "mine")
    #expect(tasks[0]["nats"] as? Double == 0.5)
    let store = scratch.path("r.sqlite")
    let run = try mi(
      "bench", "run", file, "-e", "gaussian-copula", "-n", "500", "--seeds", "2", "--store", store)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try mi("bench", "export", store, "--format", "csv").output.contains("bent"))
  }

  @Test func aWrongSuiteFileIsBadDataWithItsPlace() throws {
    let scratch = try Scratch()
    let wrong = suite.replacingOccurrences(of: "\"power\"", with: "\"powre\"")
    let result = try mi("bench", "tasks", scratch.write("mine.json", text: wrong))
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("powre"))
    #expect(try mi("bench", "tasks", scratch.path("none.json")).status == 65)
  }
}
