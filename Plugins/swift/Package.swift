// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

// An estimator as a package of its own, used in both ways: registered by a program that links it
// (ksg-demo), and as a binary plugin of any `mi` (libKSGPlugin.so).
let package = Package(
  name: "ksg-swift",
  products: [
    .library(name: "KSGEstimator", targets: ["KSGEstimator"]),
    .library(name: "KSGPlugin", type: .dynamic, targets: ["KSGPlugin"]),
    .executable(name: "ksg-demo", targets: ["ksg-demo"]),
  ],
  dependencies: [.package(name: "swift-mutual-information", path: "../..")],
  targets: [
    .target(
      name: "KSGEstimator",
      dependencies: [.product(name: "EstimatorAPI", package: "swift-mutual-information")]),
    .target(
      name: "KSGPlugin",
      dependencies: [
        "KSGEstimator",
        .product(name: "EstimatorPlugin", package: "swift-mutual-information"),
      ]),
    .executableTarget(
      name: "ksg-demo",
      dependencies: [
        "KSGEstimator",
        .product(name: "EstimatorConformance", package: "swift-mutual-information"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
