// SPDX-License-Identifier: MIT

public import EstimatorAPI
public import FoundationEssentials

/// A suite of one's own, from a JSON file.
///
/// ```json
/// { "name": "mine", "summary": "optional",
///   "tasks": [
///     { "id": "tails-2", "distribution": "two-pair",
///       "parameters": { "dx": 3, "dy": 3, "correlation": 0.8 },
///       "both": [ { "transform": "power", "exponent": 2 } ] },
///     { "id": "rolled", "distribution": "gaussian",
///       "parameters": { "dx": 1, "dy": 2, "nats": 0.5 },
///       "x": [ { "transform": "normal-cdf" }, { "transform": "swiss-roll" } ] } ] }
/// ```
///
/// `DistributionCatalog` names the distributions and `TransformCatalog` the transforms, each with its
/// parameters. Anything unknown, missing or out of its range is refused by its place in the file.
public struct SuiteFile: Sendable, Codable {
  /// The suite's name.
  public var name: String
  /// One line of what it is.
  public var summary: String?
  /// Its tasks.
  public var tasks: [TaskSpecification]

  /// Creates a file's contents.
  public init(name: String, summary: String? = nil, tasks: [TaskSpecification]) {
    self.name = name
    self.summary = summary
    self.tasks = tasks
  }

  /// Reads a file's contents from JSON.
  ///
  /// - Throws: `invalidSuite` with the place of what is wrong.
  public init(json data: Data) throws(EstimatorError) {
    do {
      self = try JSONDecoder().decode(SuiteFile.self, from: data)
    } catch let error as DecodingError {
      throw .invalidSuite(sentence(error))
    } catch {
      throw .invalidSuite("The suite file cannot be read: \(error).")
    }
  }

  /// The suite, with every task made.
  ///
  /// - Throws: `invalidSuite`, naming the task, its part and what is needed.
  public func suite() throws(EstimatorError) -> TaskSuite {
    var made: [any GroundTruth] = []
    for specification in tasks {
      if made.contains(where: { $0.id == specification.id }) {
        throw .invalidSuite("Suite \(name) has two tasks with the id \"\(specification.id)\".")
      }
      made.append(try specification.task())
    }
    return TaskSuite(name: name, summary: summary ?? "A suite of one's own", tasks: made)
  }
}

/// One task of a ``SuiteFile``.
public struct TaskSpecification: Sendable, Codable {
  /// The task's id.
  public var id: String
  /// One line of what it is; the distribution's own where there is none.
  public var summary: String?
  /// The distribution's name.
  public var distribution: String
  /// The distribution's parameters.
  public var parameters: SpecifiedParameters?
  /// The transforms of x, in order.
  public var x: [TransformSpecification]?
  /// The transforms of y, in order.
  public var y: [TransformSpecification]?
  /// Transforms of both sides, before those of x and of y.
  public var both: [TransformSpecification]?

  /// Creates a specification.
  public init(
    id: String, summary: String? = nil, distribution: String,
    parameters: SpecifiedParameters? = nil, x: [TransformSpecification]? = nil,
    y: [TransformSpecification]? = nil, both: [TransformSpecification]? = nil
  ) {
    self.id = id
    self.summary = summary
    self.distribution = distribution
    self.parameters = parameters
    self.x = x
    self.y = y
    self.both = both
  }

  /// The task.
  ///
  /// - Throws: `invalidSuite`, naming the part and what is needed.
  public func task() throws(EstimatorError) -> any GroundTruth {
    let base = try DistributionCatalog.make(
      distribution, parameters ?? SpecifiedParameters([:]), task: id)
    let ofX = try transforms((both ?? []) + (x ?? []), side: "x", of: base.dx, base.kind)
    let ofY = try transforms((both ?? []) + (y ?? []), side: "y", of: base.dy, base.kind)
    return BenchmarkTask(id, summary ?? base.summary, base, x: ofX, y: ofY)
  }

  private func transforms(
    _ specifications: [TransformSpecification], side: String, of dimension: Int, _ kind: PairKind
  ) throws(EstimatorError) -> [Transform] {
    let isLabels = kind == .discrete || (kind == .mixed && side == "y")
    guard specifications.isEmpty || !isLabels else {
      throw .invalidSuite("Task \(id) transforms \(side), which is labels; only numbers transform.")
    }
    var dimension = dimension
    var made: [Transform] = []
    for specification in specifications {
      let transform = try TransformCatalog.make(
        specification, dimension: dimension, task: "\(id), \(side)")
      dimension = transform.outputDimension(dimension)
      made.append(transform)
    }
    return made
  }
}

/// One transform of a ``TaskSpecification``: `transform` names it, the other keys are its parameters.
public struct TransformSpecification: Sendable, Codable {
  /// The transform's name.
  public var name: String
  /// The transform's parameters.
  public var parameters: SpecifiedParameters

  /// Creates a specification.
  public init(_ name: String, _ parameters: SpecifiedParameters = SpecifiedParameters([:])) {
    self.name = name
    self.parameters = parameters
  }

  /// Decodes an object, or a bare name.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.init(name)
      return
    }
    var values = try [String: SpecifiedValue](from: decoder)
    guard case .text(let name)? = values.removeValue(forKey: "transform") else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "it needs \"transform\", a name"))
    }
    self.init(name, SpecifiedParameters(values))
  }

  /// Encodes an object.
  public func encode(to encoder: any Encoder) throws {
    var values = parameters.values
    values["transform"] = .text(name)
    try values.encode(to: encoder)
  }
}

extension EstimatorError {
  static func invalidSuite(_ sentence: String) -> EstimatorError {
    EstimatorError(.invalidSuite, sentence)
  }
}

/// A decoding error as a sentence with its place in the file.
private func sentence(_ error: DecodingError) -> String {
  let (context, found): (DecodingError.Context, String) =
    switch error {
    case .keyNotFound(let key, let context): (context, "there is no \"\(key.stringValue)\"")
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      (context, context.debugDescription)
    @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "\(error)")
    }
  let place = context.codingPath.map { key in
    key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
  }.joined()
  return "The suite file is wrong at \(place.isEmpty ? "its top" : String(place.dropFirst())): "
    + "\(found)."
}
