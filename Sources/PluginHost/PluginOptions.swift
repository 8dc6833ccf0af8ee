// SPDX-License-Identifier: MIT

/// How plugins are run.
public struct PluginOptions: Sendable {
  /// Seconds that a plugin has to start, and for each estimate.
  public var deadlineSeconds = 600.0
  /// Bytes of memory that one process of a plugin may use; 0 sets no limit.
  public var memoryLimit: UInt64 = 8 << 30
  /// Processes of one plugin at once, at least 1.
  public var processes = 1
  /// Loads binary plugins into this process: faster, and a crash ends the run.
  public var inProcess = false
  /// Uses plugins although other users may change their files.
  public var trust = false
  /// Every this many estimates, one is asked for twice and must come out the same; 0: never.
  public var auditInterval = 20
  /// Runs the quick conformance checks before a plugin's first estimate.
  public var quickChecks = true
  /// The `mi` that hosts binary plugins in a child process: `PROGRAM plugin-host LIBRARY`.
  public var hostProgram: String?
  /// Where the private folder for what plugins read and write is made; nil: in TMPDIR or /tmp.
  package var folder: String?
  /// A file to which everything that plugins write to stderr is appended.
  public var logFile: String?

  /// Creates the default options.
  public init() {}
}
