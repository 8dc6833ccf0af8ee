// SPDX-License-Identifier: MIT

/// A linear map and a network with one hidden layer side by side: z = x A + a + MLP(x).
///
/// The linear part can be set to the best linear answer and the network's output layer to zero;
/// training then starts there.
package struct ResidualNetwork<Scalar: NetworkScalar> {
  /// x A + a.
  package let linear: DenseNetwork<Scalar>
  /// LeakyReLU of slope 0.2 in its hidden layer, as the published autoencoders have.
  package let network: DenseNetwork<Scalar>

  /// Creates the shape, with its parameters from `offset` on.
  package init(from: Int, hidden: Int, to: Int, offset: Int) {
    linear = DenseNetwork(widths: [from, to], offset: offset)
    network = DenseNetwork(
      widths: [from, hidden, to], offset: offset + linear.parameterCount, slope: 0.2)
  }

  /// The number of weights and biases.
  package var parameterCount: Int { linear.parameterCount + network.parameterCount }

  /// The size of a workspace for `rows` rows.
  package func workspaceCount(rows: Int) -> Int {
    linear.workspaceCount(rows: rows) + network.workspaceCount(rows: rows)
  }

  /// The output (rows x to), which begins the workspace.
  package func forward(
    _ parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    workspace: UnsafeMutablePointer<Scalar>, rows: Int
  ) {
    let second = workspace + linear.workspaceCount(rows: rows)
    linear.forward(parameters, input: input, workspace: workspace, rows: rows)
    network.forward(parameters, input: input, workspace: second, rows: rows)
    let output = second + network.output(rows: rows)
    for index in 0..<linear.workspaceCount(rows: rows) { workspace[index] += output[index] }
  }

  /// Adds the gradients; `scratch` begins with the gradient by the output, and `inputGradient`,
  /// where wanted, is added to.
  package func backward(
    _ parameters: UnsafePointer<Scalar>, gradients: UnsafeMutablePointer<Scalar>,
    input: UnsafePointer<Scalar>, workspace: UnsafePointer<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?,
    spare: UnsafeMutablePointer<Scalar>, rows: Int
  ) {
    let first = linear.workspaceCount(rows: rows)
    (scratch + first + network.output(rows: rows)).update(from: scratch, count: first)
    let inputs = rows * linear.widths[0]
    let wanted = inputGradient == nil ? nil : spare
    linear.backward(
      parameters, gradients: gradients, input: input, workspace: workspace, scratch: scratch,
      inputGradient: wanted, rows: rows)
    if let inputGradient { for i in 0..<inputs { inputGradient[i] += spare[i] } }
    network.backward(
      parameters, gradients: gradients, input: input, workspace: workspace + first,
      scratch: scratch + first, inputGradient: wanted, rows: rows)
    if let inputGradient { for i in 0..<inputs { inputGradient[i] += spare[i] } }
  }
}
