// SPDX-License-Identifier: MIT

import Foundation
import Testing

@Suite struct EstimateCommandTests {
  @Test func integersAreTakenAsLabelsAndTheOutputSaysSo() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 300)
    let x = try scratch.write("x.npy", data.x)
    let labels = try scratch.write("labels.npy", labels: data.labels)
    let text = try mi("estimate", x, labels)
    #expect(text.status == 0)
    #expect(text.output.contains("taken as labels, 3 classes"))
    let object = try mi("estimate", x, labels, "--json").object()
    #expect(object["estimator"] as? String == "ross")
    #expect(object["classes"] as? Int == 3)
  }

  @Test func theJSONHasTheKeysOfTheContract() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 200)
    let object = try mi(
      "estimate", scratch.write("x.npy", data.x), scratch.write("y.npy", data.y), "--json",
      "-e", "gaussian"
    ).object()
    let keys = [
      "schema", "estimator", "parameters", "nats", "standardErrorNats", "kind", "n", "dx", "dy",
      "classes", "seconds", "seed", "diagnostics", "warnings",
    ]
    for key in keys { #expect(object.keys.contains(key), "\(key)") }
    #expect(object["n"] as? Int == 200)
    #expect(object["classes"] is NSNull)
    // -ln(1 - 0.64) / 2 = 0.511 with a standard deviation of about 0.8 / sqrt(200) = 0.057.
    expect(object["nats"] as? Double ?? 0, within: 0.23, of: 0.511)
  }

  @Test(arguments: ["ksg-1", "ksg-2", "gaussian", "gaussian-copula", "binning"])
  func theSameSeedGivesTheSameBytesAtAnyNumberOfThreads(estimator: String) throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 3000)
    let x = try scratch.write("x.npy", data.x)
    let y = try scratch.write("y.npy", data.y)
    let outputs = try ["1", "2"].map { threads in
      try mi(
        "estimate", x, y, "--json", "--no-timing", "-e", estimator, "--seed", "7", "--threads",
        threads
      ).output
    }
    #expect(outputs[0].contains("\"nats\""))
    #expect(outputs[0] == outputs[1])
  }

  @Test func overridesChangeTheReading() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 300)
    let x = try scratch.write("x.npy", data.x)
    let labels = try scratch.write("labels.npy", labels: data.labels)
    let object = try mi(
      "estimate", x, labels, "--continuous", "y", "--json", "-e", "gaussian"
    ).object()
    #expect(object["classes"] is NSNull)
    let byFile = try mi("estimate", x, labels, "--continuous", labels, "-e", "gaussian")
    #expect(byFile.status == 0)
  }

  @Test func aConstantColumnHasPValueOneUnderPermutations() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 60)
    let x = try scratch.write("x.npy", [Double](repeating: 2, count: 60))
    let y = try scratch.write("y.npy", data.y)
    let object = try mi("estimate", x, y, "--permutations", "99", "--json", "-e", "ksg-1").object()
    let test = try #require(object["independence"] as? [String: Any])
    #expect(test["pValue"] as? Double == 1)
    #expect(object["nats"] as? Double == 0)
    // Without a test there is nothing to answer.
    let refused = try mi("estimate", x, y, "-e", "ksg-1")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("it must vary"))
  }

  @Test func aGivenVariableIsTakenShownAndRefusedWhereThereIsNoForm() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 400)
    let x = try scratch.write("x.npy", data.x)
    let y = try scratch.write("y.npy", data.y)
    let labels = try scratch.write("labels.npy", labels: data.labels)
    let z = try scratch.write("z.npy", zip(data.x, data.y).map { $0 * $1 })
    let text = try mi("estimate", x, labels, "--given", y)
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("I(x; y | z) = "))
    #expect(text.output.contains("classifier"))
    let object = try mi("estimate", x, y, "--given", z, "-e", "gaussian", "--json").object()
    #expect(object["dz"] as? Int == 1)
    let without = try mi("estimate", x, y, "-e", "gaussian", "--json").object()
    #expect(without["dz"] is NSNull)
    #expect(object["nats"] as? Double != without["nats"] as? Double)
    let mixture = try mi("estimate", x, y, "--given", z, "-e", "gmm")
    #expect(mixture.status == 64)
    #expect(
      mixture.errors.contains("gaussian, gaussian-copula, ksg-1, mixed-ksg and classifier do"))
    let shifted = try mi(
      "estimate", x, y, "--given", z, "--permutations", "9", "--surrogates", "shift")
    #expect(shifted.status == 64)
    let help = try mi("help", "estimate").output
    #expect(help.contains("--given student.npy"))
  }

  @Test func columnsOfATableAreSelected() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 100)
    var table = "a,b,species\n"
    for row in 0..<100 { table += "\(data.x[row]),\(data.y[row]),s\(data.labels[row])\n" }
    let file = try scratch.write("table.csv", text: table)
    let object = try mi("estimate", "\(file):a,b", "\(file):species", "--json").object()
    #expect(object["dx"] as? Int == 2)
    #expect(object["classes"] as? Int == 3)
  }

  @Test func bitsAreNatsOverLnTwo() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 200)
    let x = try scratch.write("x.npy", data.x)
    let y = try scratch.write("y.npy", data.y)
    let nats = try #require(
      mi("estimate", x, y, "-e", "gaussian", "--json").object()["nats"] as? Double)
    let text = try mi("estimate", x, y, "-e", "gaussian", "--units", "bits").output
    let shown = text.split(separator: " ").compactMap { Double($0) }.first
    #expect(abs(try #require(shown) - nats / log(2.0)) < 1e-4)
    #expect(text.contains("bits"))
  }
}
