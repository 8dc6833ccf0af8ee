// SPDX-License-Identifier: MIT

import ArgumentParser
import Dispatch
import EstimatorAPI
import Estimators
import Harness

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The options that every subcommand has.
struct SharedOptions: ParsableArguments {
  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  @Option(help: "The unit of printed text: nats or bits. JSON is in nats.")
  var units = Units.nats

  @OptionGroup(title: "Plugins") var plugins: PluginArguments

  /// The estimators known to this run: the built-in ones, then those of plugins.
  func registry() throws -> EstimatorRegistry {
    var registry = EstimatorRegistry.builtIn()
    try plugins.register(into: &registry)
    return registry
  }

  /// The arguments that give a child process of this command the same estimators.
  var passedOn: [String] { plugins.arguments }
}

/// The options of the subcommands that compute.
struct ComputeOptions: ParsableArguments {
  @Option(help: "The seed of everything random. The same seed gives the same bytes.")
  var seed: UInt64 = 0

  @Option(help: "Threads at work (default: all cores). They never change a result.")
  var threads = defaultThreads

  /// All cores.
  static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  @Flag(
    inversion: .prefixedNo,
    help: "Measured seconds in the JSON; without them equal results are equal bytes.")
  var timing = true

  func validate() throws {
    try reporting { try within("threads", threads, 1...4096) }
  }
}

/// The unit in which text shows information.
enum Units: String, ExpressibleByArgument, CaseIterable {
  case nats
  case bits

  /// A number of nats in this unit.
  func of(_ nats: Double) -> Double {
    switch self {
    case .nats: nats
    case .bits: Information(nats: nats).bits
    }
  }
}
