// SPDX-License-Identifier: MIT

import CPluginProcess
import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A small process that outlives this one by a moment: once this one ends, in whatever way, it
/// kills the process group of every plugin that is still there and removes the private folder.
///
/// It learns of the end because the pipe on its standard input closes, which the kernel sees to even
/// after SIGKILL. Each child writes its own number into that pipe before it becomes the plugin, so
/// there is no moment at which a plugin runs unknown.
final class Watchdog: Sendable {
  /// Where children and host write `+ GROUP` and `- GROUP`.
  let descriptor: Int32
  private let pid: pid_t

  /// Starts the watchdog of a folder that ``PrivateFolder`` made.
  init(folder: String) throws(EstimatorError) {
    let script = """
      trap '' INT TERM HUP QUIT
      groups=' '
      while read -r sign group; do
        case $sign in
          +) groups="$groups$group " ;;
          -) case $groups in
               *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;;
             esac ;;
        esac
      done
      for group in $groups; do kill -9 "-$group" 2>/dev/null; done
      rm -rf -- "$1"
      """
    let child = try spawn(
      "/bin/sh", ["sh", "-c", script, "mi-watchdog", folder],
      environment: ["PATH=/usr/bin:/bin"], directory: "/", newSession: true)
    close(child.output)
    close(child.error)
    descriptor = child.input
    pid = child.pid
  }

  /// Says that a process group is gone; called before its leader is waited for, so that its number
  /// cannot have been given to another.
  func forget(_ group: pid_t) {
    _ = "- \(group)\n".withCString { mi_write_quietly(descriptor, $0, strlen($0)) }
  }

  /// Lets it do its work and waits for it.
  deinit {
    close(descriptor)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
  }
}

/// Starts a program.
///
/// - Throws: `pluginNotFound` with the operating system's reason.
func spawn(
  _ path: String, _ arguments: [String], environment: [String], directory: String,
  memoryLimit: UInt64 = 0, watchdog: Int32 = -1, newSession: Bool = false
) throws(EstimatorError) -> mi_child {
  func withPointers<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    var pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a list that ends with nil") }
      return body(base)
    }
  }
  var child = mi_child()
  let status = path.withCString { path in
    directory.withCString { directory in
      withPointers(arguments) { arguments in
        withPointers(environment) { environment in
          var what = mi_spawn(
            path: path, arguments: arguments, environment: environment, directory: directory,
            memory_limit: memoryLimit, watchdog: watchdog, new_session: newSession ? 1 : 0)
          return mi_spawn_child(&what, &child)
        }
      }
    }
  }
  guard status == 0 else {
    throw EstimatorError(
      .pluginNotFound, "\(path) cannot be started: \(String(cString: strerror(status))).")
  }
  return child
}
