// SPDX-License-Identifier: MIT

import CGSL
import CKernels
import COpenBLAS

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Sets OpenBLAS to one thread, once: `_ = singleThreadedBLAS` stands before every call into it.
///
/// The package's own threads (``parallelFor(_:threads:_:)``) share the machine; and a sum split
/// over another number of threads would come out with other bits.
///
/// It also ends the threads that OpenBLAS starts when it is loaded, which otherwise spin on the
/// other cores for the first tenth of a second. OpenBLAS itself ends them so before a fork; only
/// its build on POSIX threads has any.
package let singleThreadedBLAS: Void = {
  openblas_set_num_threads(1)
  guard let end = dlsym(nil, "blas_thread_shutdown_") else { return }
  _ = unsafeBitCast(end, to: (@convention(c) () -> CInt).self)()
}()

/// What a program on this package does first: its heap gets large pages, and OpenBLAS's threads end.
package func prepareProcess() {
  mi_heap_on_large_pages()
  _ = singleThreadedBLAS
}

/// Turns off GSL's error handler, once: by default it ends the process.
///
/// `_ = quietGSL` stands before every call into GSL, and the status is checked after it.
package let quietGSL: Void = { _ = gsl_set_error_handler_off() }()

/// LAPACK's word for the lower triangle: the letter L.
let lowerTriangle = Int8(UInt8(ascii: "L"))
