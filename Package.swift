// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

/// Settings of every Swift target, each with its proposal.
let settings: [SwiftSetting] = [
  // SE-0335: an existential is written `any Protocol`.
  .enableUpcomingFeature("ExistentialAny"),
  // SE-0444: a member is visible only where its module is imported.
  .enableUpcomingFeature("MemberImportVisibility"),
  // SE-0409: imports are internal unless they say otherwise.
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A C library of the system: a module map and one shim header in `Sources/<name>`.
func system(_ name: String, _ pkgConfig: String?, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

let package = Package(
  name: "swift-mutual-information",
  products: [
    .executable(name: "mi", targets: ["mi"]),
    .library(name: "EstimatorAPI", targets: ["EstimatorAPI"]),
    .library(name: "EstimatorConformance", targets: ["EstimatorConformance"]),
    .library(name: "EstimatorPlugin", targets: ["EstimatorPlugin"]),
    .library(name: "PluginHost", targets: ["PluginHost"]),
    .library(name: "Estimators", targets: ["Estimators"]),
    .library(name: "Harness", targets: ["Harness"]),
    // The core as a C library (Sources/CCoreDoor/include/mi_core.h): the Python package's.
    .library(name: "MICore", type: .dynamic, targets: ["CoreDoor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // The store of trials: SQLite with write-ahead logging, migrations and typed statements.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // The HTML pages: templates that escape what they are given; no dependencies of its own.
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // gsl without pkg-config: its flags would link GSL's slow CBLAS before OpenBLAS.
    system("CGSL", nil, apt: "libgsl-dev", brew: "gsl"),
    system("COpenBLAS", "openblas", apt: "libopenblas-dev", brew: "openblas"),
    system("CFFTW", "fftw3", apt: "libfftw3-dev", brew: "fftw"),
    system("CLAPACKE", "lapacke", apt: "liblapacke-dev", brew: "lapack"),
    // Only its header: the library is loaded when an HDF5 file is read (docs/decisions/hdf5.md).
    system("CHDF5", nil, apt: "libhdf5-dev", brew: "hdf5"),
    system("CZlib", "zlib", apt: "zlib1g-dev", brew: "zlib"),

    // The loops that need AVX2 or AVX-512: C with a clone for each instruction set.
    .target(name: "CKernels"),
    .target(name: "EstimatorAPI", swiftSettings: settings),
    .target(
      name: "EstimatorConformance", dependencies: ["EstimatorAPI"], swiftSettings: settings),
    .target(name: "CEstimatorPlugin"),
    .target(name: "CPluginProcess"),
    .target(
      name: "EstimatorPlugin", dependencies: ["EstimatorAPI", "CEstimatorPlugin"],
      swiftSettings: settings),
    .target(
      name: "PluginHost",
      dependencies: ["EstimatorAPI", "EstimatorConformance", "CEstimatorPlugin", "CPluginProcess"],
      swiftSettings: settings),
    .target(
      name: "Estimators",
      dependencies: ["EstimatorAPI", "CKernels", "CFFTW", "CGSL", "COpenBLAS", "CLAPACKE"],
      swiftSettings: settings),
    .target(
      name: "Harness",
      dependencies: [
        "EstimatorAPI", "EstimatorConformance", "Estimators", "CPluginProcess", "CZlib", "CHDF5",
        "CGSL",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: settings),
    .target(name: "CCoreDoor"),
    .target(
      name: "CoreDoor",
      dependencies: ["EstimatorAPI", "Estimators", "Harness", "PluginHost", "CCoreDoor"],
      swiftSettings: settings),
    .executableTarget(
      name: "mi",
      dependencies: [
        "EstimatorAPI", "EstimatorConformance", "Estimators", "PluginHost", "Harness",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Timed by Benchmarks/kde/kde.py; here because it calls what the package keeps to itself.
    .executableTarget(
      name: "kde-density", dependencies: ["Estimators"], path: "Benchmarks/kde/density",
      swiftSettings: settings),
    // The cases of Benchmarks/decisions/study.py, thousands of checks in one process.
    .executableTarget(
      name: "decision-study", dependencies: ["EstimatorAPI", "Estimators", "Harness"],
      path: "Benchmarks/decisions/study", swiftSettings: settings),

    .testTarget(
      name: "EstimatorAPITests", dependencies: ["EstimatorAPI"], swiftSettings: settings),
    .testTarget(
      name: "EstimatorConformanceTests",
      dependencies: ["EstimatorAPI", "EstimatorConformance", "Estimators", "Harness"],
      swiftSettings: settings),
    .testTarget(
      name: "PluginHostTests",
      dependencies: ["EstimatorAPI", "EstimatorConformance", "Estimators", "PluginHost"],
      exclude: ["Programs"], swiftSettings: settings),
    .testTarget(
      name: "EstimatorsTests", dependencies: ["EstimatorAPI", "Estimators", "CKernels"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .testTarget(
      name: "HarnessTests", dependencies: ["EstimatorAPI", "Estimators", "Harness"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["mi"], resources: [.copy("Golden")],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
