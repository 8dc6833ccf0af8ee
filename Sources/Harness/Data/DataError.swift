// SPDX-License-Identifier: MIT

/// Why a file did not become a variable: a code for programs and one sentence for people.
///
/// The sentence has the file, the place in it (byte offset, line and column, or row and column),
/// what was found and what is needed. Codes may be added in later versions.
public struct DataError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// What went wrong.
  public let code: Code
  /// One sentence with the place, the found and the needed.
  public let description: String

  /// Creates an error.
  public init(_ code: Code, _ sentence: String) {
    self.code = code
    self.description = sentence
  }

  /// A stable name of a kind of failure.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The name, lowerCamelCase.
    public let rawValue: String
    /// Creates a code.
    public init(rawValue: String) { self.rawValue = rawValue }
    private init(_ rawValue: String) { self.rawValue = rawValue }

    /// There is no such file.
    public static let missingFile = Code("missingFile")
    /// The file is there but cannot be read or written.
    public static let unreadable = Code("unreadable")
    /// The file has no array or column of this name.
    public static let notFound = Code("notFound")
    /// The file has several arrays, and none was chosen.
    public static let ambiguous = Code("ambiguous")
    /// The bytes do not follow the format.
    public static let malformed = Code("malformed")
    /// The file ends early.
    public static let truncated = Code("truncated")
    /// The format allows it, but it is no data for an estimator, or this reader does not take it.
    public static let unsupported = Code("unsupported")
    /// The array has a shape that no variable has.
    public static let shapeMismatch = Code("shapeMismatch")
    /// The values cannot be taken in the way that was asked for.
    public static let wrongReading = Code("wrongReading")
    /// A number is NaN or infinite.
    public static let nonFinite = Code("nonFinite")
    /// A cell or a label is empty.
    public static let missingValue = Code("missingValue")
    /// Rows that a network was trained on.
    public static let trainingRows = Code("trainingRows")
  }
}

extension DataError {
  /// Bytes that break the format, at a byte offset from the start of the file or archive entry.
  static func malformed(_ name: String, byte offset: Int, _ sentence: String) -> Self {
    Self(.malformed, "\(name), byte \(offset): \(sentence)")
  }

  /// A file that ends before what it promises.
  static func truncated(_ name: String, what: String, needed: Int, found: Int) -> Self {
    Self(
      .truncated, "\(name): \(what) needs \(needed) bytes in all; the file ends at byte \(found).")
  }
}
