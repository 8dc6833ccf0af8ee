// SPDX-License-Identifier: MIT

extension ResultStore: TrialShelf {}

extension TrialCache {
  /// Opens or makes a cache in a file; entries older than 90 days are dropped.
  ///
  /// `build` names the program that makes the numbers: another one shares none of them.
  ///
  /// - Throws: `DataError`, where the file is no store or cannot be written.
  public convenience init(path: String, build: String) throws(DataError) {
    let store = try ResultStore(path: path)
    try store.removeTrials(olderThanDays: 90)
    self.init(on: store, build: build)
  }

  /// What the cache's file tells of the time that trials take; nil for a cache in memory.
  package func costs() throws(DataError) -> CostModel? {
    try (shelf as? ResultStore).map { store throws(DataError) in try CostModel(store) }
  }
}
