// SPDX-License-Identifier: MIT

extension TaskSuite {
  /// One built-in suite: its tasks are made when asked for, their truths later still.
  struct Entry: Sendable {
    let name: String
    let summary: String
    let tasks: @Sendable () -> [any GroundTruth]
  }

  /// The table of built-in suites.
  static let builtIn: [Entry] = [
    Entry(
      name: "bmi-v1", summary: "The 40 tasks of Czyz et al. 2023",
      tasks: { PublishedTasks.first }),
    Entry(
      name: "bmi-v2", summary: "The 13 tasks that Czyz et al. 2025 add",
      tasks: { PublishedTasks.second }),
    Entry(
      name: "gaussian", summary: "Gaussians of prescribed information, rotated on each side",
      tasks: { OwnSuites.gaussian }),
    Entry(
      name: "labels", summary: "Continuous variables against labels",
      tasks: { OwnSuites.labels }),
    Entry(
      name: "latent", summary: "Few latent pairs in many columns", tasks: { OwnSuites.latent }),
    Entry(
      name: "cch", summary: "Both sides of decision tasks whose gap is known",
      tasks: { OwnSuites.decisions }),
    Entry(
      name: "high-mi", summary: "0 to 5 nats: plain, spiral, half-cube",
      tasks: { DialFamilies.highInformation }),
    Entry(
      name: "sparsity", summary: "One nat in 10 x 10 columns, spread or concentrated",
      tasks: { DialFamilies.sparsity }),
    Entry(
      name: "spiral", summary: "A spiral of growing speed", tasks: { DialFamilies.spiral }),
    Entry(
      name: "tails", summary: "Powers and Student distributions, longer and longer tails",
      tasks: { DialFamilies.tails }),
    Entry(
      name: "contamination", summary: "A growing share of rows, or variance, of noise in y",
      tasks: { DialFamilies.contamination }),
    Entry(
      name: "mixed", summary: "Numbers with atoms", tasks: { OwnSuites.mixed }),
    Entry(
      name: "discrete", summary: "Labels against labels", tasks: { OwnSuites.discrete }),
  ]
}
