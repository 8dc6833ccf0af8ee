// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

// What a plugin's door costs for each call: swift run -c release --package-path Benchmarks/plugins
let package = Package(
  name: "plugin-overhead",
  dependencies: [.package(name: "swift-mutual-information", path: "../..")],
  targets: [
    .executableTarget(
      name: "plugin-overhead",
      dependencies: [
        .product(name: "EstimatorAPI", package: "swift-mutual-information"),
        .product(name: "PluginHost", package: "swift-mutual-information"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
