// The parts of the GNU Scientific Library that the package calls: special functions, distributions
// and quadrature. GSL's own CBLAS is not linked: its BLAS symbols resolve to OpenBLAS.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
