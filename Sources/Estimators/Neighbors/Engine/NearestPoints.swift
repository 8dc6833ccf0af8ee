// SPDX-License-Identifier: MIT

/// What a search keeps of the points it has seen.
protocol NearestPoints {
  /// Whether a cell at this distance may hold a point that counts.
  func reaches(_ bound: Double) -> Bool
  /// Which of four points may count.
  func admits(_ distances: SIMD4<Double>) -> SIMDMask<SIMD4<Int64>>
  /// Points that count are closer than this.
  var openBound: Double { get }
  /// The k-th distance.
  func distance(_ k: Int) -> Double
  /// The sides in x and y of the region of k, such that its points are those strictly closer.
  func openSides(_ k: Int) -> (x: Double, y: Double)
  /// Offers a point by its joint distance and its distances in x and y.
  mutating func insert(_ distance: Double, _ x: Double, _ y: Double)
}

/// The k smallest distances, ascending, in storage lent by the caller.
struct NearestDistances: NearestPoints {
  private let storage: UnsafeMutablePointer<Double>
  private let last: Int
  private var worst = Double.infinity

  init(k: Int, storage: UnsafeMutablePointer<Double>) {
    self.storage = storage
    last = k - 1
    storage.update(repeating: .infinity, count: k)
  }

  func distance(_ k: Int) -> Double { storage[k - 1] }

  func openSides(_ k: Int) -> (x: Double, y: Double) { (storage[k - 1], storage[k - 1]) }

  @inline(__always)
  var openBound: Double { worst }

  @inline(__always)
  func reaches(_ bound: Double) -> Bool { bound < worst }

  @inline(__always)
  func admits(_ distances: SIMD4<Double>) -> SIMDMask<SIMD4<Int64>> {
    distances .< SIMD4(repeating: worst)
  }

  @inline(__always)
  mutating func insert(_ distance: Double, _ x: Double, _ y: Double) {
    guard distance < worst else { return }
    var place = last
    while place > 0, storage[place &- 1] > distance {
      storage[place] = storage[place &- 1]
      place &-= 1
    }
    storage[place] = distance
    worst = storage[last]
  }
}

/// The k nearest points with their distances in x and in y, and the widest sides among points
/// that tie with the last of them but did not fit.
struct NearestRectangles: NearestPoints {
  private let distances: UnsafeMutablePointer<Double>
  private let xs: UnsafeMutablePointer<Double>
  private let ys: UnsafeMutablePointer<Double>
  private let last: Int
  private var worst = Double.infinity
  private var tiedX = 0.0
  private var tiedY = 0.0

  init(k: Int, storage: UnsafeMutablePointer<Double>) {
    distances = storage
    xs = storage + k
    ys = storage + 2 * k
    last = k - 1
    storage.update(repeating: .infinity, count: 3 * k)
  }

  func distance(_ k: Int) -> Double { distances[k - 1] }

  /// All points up to the k-th distance span the rectangle.
  ///
  /// From closed to open: what is at
  /// most r is less than the next number after r.
  func openSides(_ k: Int) -> (x: Double, y: Double) {
    let radius = distances[k - 1]
    var (x, y) = radius == worst ? (tiedX, tiedY) : (0, 0)
    for i in 0...last where distances[i] <= radius {
      x = max(x, xs[i])
      y = max(y, ys[i])
    }
    return (x.nextUp, y.nextUp)
  }

  @inline(__always)
  var openBound: Double { worst.nextUp }

  @inline(__always)
  func reaches(_ bound: Double) -> Bool { bound <= worst }

  @inline(__always)
  func admits(_ distances: SIMD4<Double>) -> SIMDMask<SIMD4<Int64>> {
    distances .<= SIMD4(repeating: worst)
  }

  @inline(__always)
  mutating func insert(_ distance: Double, _ x: Double, _ y: Double) {
    guard distance <= worst, distance < .infinity else { return }
    if distance == worst {
      tiedX = max(tiedX, x)
      tiedY = max(tiedY, y)
      return
    }
    let (droppedX, droppedY) = (xs[last], ys[last])
    var place = last
    while place > 0, distances[place &- 1] > distance {
      distances[place] = distances[place &- 1]
      xs[place] = xs[place &- 1]
      ys[place] = ys[place &- 1]
      place &-= 1
    }
    distances[place] = distance
    xs[place] = x
    ys[place] = y
    if distances[last] == worst {
      tiedX = max(tiedX, droppedX)
      tiedY = max(tiedY, droppedY)
    } else {
      worst = distances[last]
      (tiedX, tiedY) = (0, 0)
    }
  }
}
