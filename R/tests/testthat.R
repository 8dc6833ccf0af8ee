library(testthat)
library(mutualinformation)

test_check("mutualinformation")
