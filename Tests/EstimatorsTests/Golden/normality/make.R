# SPDX-License-Identifier: MIT
# Golden values of the Shapiro-Francia test, from R's nortest: Rscript make.R
library(nortest)
grid <- function(n) qnorm(ppoints(n, a = 0.375))
cases <- list(
  normal_5 = grid(5), cubed_50 = grid(50)^3, uniform_30 = (1:30) / 31,
  skewed_200 = exp(grid(200)), heavy_1000 = sinh(grid(1000)),
  nearly_400 = grid(400) + 0.12 * sin(3 * grid(400)),
  tied_60 = round(grid(60)))
rows <- sapply(names(cases), function(name) {
  x <- cases[[name]]
  test <- sf.test(x)
  sprintf('{"name": "%s", "values": [%s], "p": %.15g}', name,
          paste(sprintf("%.17g", sort(x)), collapse = ", "), test$p.value)
})
writeLines(paste0("[\n", paste(rows, collapse = ",\n"), "\n]"), "normality.json")
