// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorError.Code {
  /// The file, folder or program of a plugin is not there or cannot be started.
  public static let pluginNotFound = Self(rawValue: "pluginNotFound")
  /// The plugin's file or folder may be changed by other users.
  public static let pluginUntrusted = Self(rawValue: "pluginUntrusted")
  /// The plugin's self-description cannot be used.
  public static let pluginInvalid = Self(rawValue: "pluginInvalid")
  /// The plugin speaks another version of the protocol or of the binary interface.
  public static let pluginVersion = Self(rawValue: "pluginVersion")
  /// The plugin's process ended before it answered.
  public static let pluginCrashed = Self(rawValue: "pluginCrashed")
  /// The plugin did not answer in time and was ended.
  public static let pluginTimedOut = Self(rawValue: "pluginTimedOut")
  /// The plugin ran into its memory limit.
  public static let pluginOutOfMemory = Self(rawValue: "pluginOutOfMemory")
  /// What the plugin wrote is not an answer.
  public static let pluginGarbage = Self(rawValue: "pluginGarbage")
  /// The plugin returned a number that is NaN or infinite.
  public static let pluginNotFinite = Self(rawValue: "pluginNotFinite")
  /// The plugin returned more information than the data can hold.
  public static let pluginAboveCeiling = Self(rawValue: "pluginAboveCeiling")
  /// The plugin gave two answers to one request.
  public static let pluginChangedAnswer = Self(rawValue: "pluginChangedAnswer")
  /// The plugin failed a quick conformance check when it was started.
  public static let pluginNonconforming = Self(rawValue: "pluginNonconforming")
}

extension EstimatorError {
  /// A failure of the plugin called `name`; the sentence starts with it.
  static func plugin(_ code: Code, _ name: String, _ sentence: String) -> Self {
    Self(code, "Plugin \(name) \(sentence)")
  }
}
