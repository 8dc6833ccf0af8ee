// SPDX-License-Identifier: MIT

// kde-density FILE BANDWIDTH CELLS LENGTH REPETITIONS OUT
//
// The kernel density of raw float64 pairs (all x, then all y) on a grid of CELLS x CELLS cells over -LENGTH/2 ...
// LENGTH/2: prints the milliseconds of each repetition and writes the density to OUT, row-major.
import Estimators
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 7, let bandwidth = Double(arguments[2]), let cells = Int(arguments[3]),
  let length = Double(arguments[4]), let repetitions = Int(arguments[5])
else {
  print("kde-density FILE BANDWIDTH CELLS LENGTH REPETITIONS OUT")
  exit(64)
}
let data = try Data(contentsOf: URL(filePath: arguments[1]))
let columns = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
let grid = KernelGrid(
  origins: [-length / 2, -length / 2], cell: length / Double(cells), cells: cells)
var density: [Double] = []
for _ in 0..<repetitions {
  let clock = ContinuousClock()
  let time = clock.measure {
    density = gridDensity(columns, rows: columns.count / 2, grid: grid, bandwidth: bandwidth)
  }
  print(time / .milliseconds(1))
}
try density.withUnsafeBytes { Data($0) }.write(to: URL(filePath: arguments[6]))
