#!/usr/bin/env Rscript
# SPDX-License-Identifier: MIT
#
# The one-liner tier in R: reads a CSV with the header X0..., Y0... and prints one number, in nats.
#
#   mi estimate x.npy y.npy -e ksg --plugin 'Rscript ksg.R {csv} {dx} {dy}'
#
# KSG-1 (Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138), k = 3. Base R only.
# With R 4.2 it gives the value of ksg-1 to 1e-14.
arguments <- commandArgs(trailingOnly = TRUE)
data <- as.matrix(read.csv(arguments[1]))
dx <- as.integer(arguments[2])
dy <- as.integer(arguments[3])
n <- nrow(data)
k <- 3
x <- data[, seq_len(dx), drop = FALSE]
y <- data[, dx + seq_len(dy), drop = FALSE]
in_x <- as.matrix(dist(x, method = "maximum"))
in_y <- as.matrix(dist(y, method = "maximum"))
joint <- pmax(in_x, in_y)
total <- 0
for (i in seq_len(n)) {
  radius <- sort(joint[i, -i])[k]
  # strictly inside: the k-th neighbor itself lies on the border in x or in y
  total <- total + digamma(sum(in_x[i, -i] < radius) + 1) + digamma(sum(in_y[i, -i] < radius) + 1)
}
cat(format(digamma(k) + digamma(n) - total / n, digits = 17), "\n")
