# A pair of normal columns that share rho, and the truth in nats.
normal_pair <- function(n, rho, seed = 1) {
  set.seed(seed)
  x <- rnorm(n)
  list(x = x, y = rho * x + sqrt(1 - rho^2) * rnorm(n), truth = -0.5 * log1p(-rho^2))
}

# KSG-1 by its definition (Kraskov et al. 2004), base R alone.
ksg <- function(x, y, k = 3) {
  in_x <- as.matrix(dist(x, method = "maximum"))
  in_y <- as.matrix(dist(y, method = "maximum"))
  n <- nrow(in_x)
  terms <- vapply(seq_len(n), function(i) {
    radius <- sort(pmax(in_x, in_y)[i, -i])[k]
    digamma(sum(in_x[i, -i] < radius) + 1) + digamma(sum(in_y[i, -i] < radius) + 1)
  }, 0)
  digamma(k) + digamma(n) - mean(terms)
}
