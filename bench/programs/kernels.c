/* The gradients of bench/programs as one derives and writes them by hand, in plain loops.
   cc -O3 -march=native; kernels <name> <file of doubles> <dimensions…> prints {"time": nanoseconds a call, "value", "checksum": the gradient's} in JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double *p, *g, *data;
static long dims[8], count;

static double network(void) {
  long I = dims[0], H = dims[1], C = dims[2], N = dims[3];
  const double *W1 = p, *b1 = W1 + H * I, *W2 = b1 + H, *b2 = W2 + C * H, *X = data, *Y = X + N * I;
  double *gW1 = g, *gb1 = gW1 + H * I, *gW2 = gb1 + H, *gb2 = gW2 + C * H;
  static double h[4096], dh[4096], z[256];
  double total = 0;
  memset(g, 0, sizeof(double) * count);
  for (long n = 0; n < N; n++) {
    const double *x = X + n * I;
    for (long j = 0; j < H; j++) {
      double s = b1[j];
      for (long i = 0; i < I; i++) s += W1[j * I + i] * x[i];
      h[j] = 1 / (1 + exp(-s));
      dh[j] = 0;
    }
    double m = -INFINITY, se = 0;
    for (long k = 0; k < C; k++) {
      double s = b2[k];
      for (long j = 0; j < H; j++) s += W2[k * H + j] * h[j];
      z[k] = s;
      if (s > m) m = s;
    }
    for (long k = 0; k < C; k++) se += exp(z[k] - m);
    total += log(se) + m - z[(long)Y[n]];
    for (long k = 0; k < C; k++) {
      double d = (exp(z[k] - m) / se - (k == (long)Y[n])) / N;
      gb2[k] += d;
      for (long j = 0; j < H; j++) {
        gW2[k * H + j] += d * h[j];
        dh[j] += d * W2[k * H + j];
      }
    }
    for (long j = 0; j < H; j++) {
      double d = dh[j] * h[j] * (1 - h[j]);
      gb1[j] += d;
      for (long i = 0; i < I; i++) gW1[j * I + i] += d * x[i];
    }
  }
  return total / N;
}

static double regression(int logistic) {
  long D = dims[0], N = dims[1];
  const double *w = p, *X = data, *Y = X + N * D;
  double b = p[D], total = 0;
  memset(g, 0, sizeof(double) * count);
  for (long n = 0; n < N; n++) {
    const double *x = X + n * D;
    double z = b, d;
    for (long j = 0; j < D; j++) z += w[j] * x[j];
    if (logistic) {
      double q = 1 / (1 + exp(-z));
      total -= Y[n] * log(q) + (1 - Y[n]) * log(1 - q);
      d = (q - Y[n]) / N;
    } else {
      d = z - Y[n];
      total += d * d;
      d *= 2.0 / N;
    }
    for (long j = 0; j < D; j++) g[j] += d * x[j];
    g[D] += d;
  }
  return total / N;
}
static double leastSquares(void) { return regression(0); }
static double logistic(void) { return regression(1); }

/* Without the constants of the value, which no gradient knows. */
static double gmm(void) {
  long D = dims[0], K = dims[1], N = dims[2], L = D * (D - 1) / 2;
  const double *alpha = p, *mu = alpha + K, *q = mu + K * D, *l = q + K * D, *X = data;
  double *ga = g, *gmu = ga + K, *gq = gmu + K * D, *gl = gq + K * D;
  static double eq[4096], sumQ[256], main_[256], xc[16384], qx[16384];
  double likelihood = 0, prior = 0, m, se;
  memset(g, 0, sizeof(double) * count);
  for (long c = 0; c < K; c++) {
    sumQ[c] = 0;
    for (long j = 0; j < D; j++) { sumQ[c] += q[c * D + j]; eq[c * D + j] = exp(q[c * D + j]); }
  }
  for (long i = 0; i < N; i++) {
    for (long c = 0; c < K; c++) {
      double *y = xc + c * D, *r = qx + c * D, square = 0;
      const double *row = l + c * L;
      for (long j = 0; j < D; j++) { y[j] = X[i * D + j] - mu[c * D + j]; r[j] = eq[c * D + j] * y[j]; }
      for (long a = 0; a < D; a++) { for (long b = a + 1; b < D; b++) r[b] += row[b - a - 1] * y[a]; row += D - a - 1; }
      for (long j = 0; j < D; j++) square += r[j] * r[j];
      main_[c] = alpha[c] + sumQ[c] - 0.5 * square;
    }
    m = main_[0]; se = 0;
    for (long c = 1; c < K; c++) if (main_[c] > m) m = main_[c];
    for (long c = 0; c < K; c++) se += exp(main_[c] - m);
    likelihood += m + log(se);
    for (long c = 0; c < K; c++) {
      double s = exp(main_[c] - m) / se, *y = xc + c * D, *r = qx + c * D;
      const double *row = l + c * L;
      double *grow = gl + c * L;
      ga[c] += s;
      for (long j = 0; j < D; j++) { gq[c * D + j] += s * (1 - r[j] * eq[c * D + j] * y[j]); gmu[c * D + j] += s * r[j] * eq[c * D + j]; }
      for (long a = 0; a < D; a++) {
        double back = 0;
        for (long b = a + 1; b < D; b++) { grow[b - a - 1] -= s * r[b] * y[a]; back += row[b - a - 1] * r[b]; }
        gmu[c * D + a] += s * back;
        row += D - a - 1; grow += D - a - 1;
      }
    }
  }
  m = alpha[0]; se = 0;
  for (long c = 1; c < K; c++) if (alpha[c] > m) m = alpha[c];
  for (long c = 0; c < K; c++) se += exp(alpha[c] - m);
  for (long c = 0; c < K; c++) {
    ga[c] -= N * exp(alpha[c] - m) / se;
    double norm = 0;
    for (long j = 0; j < D; j++) { norm += eq[c * D + j] * eq[c * D + j]; gq[c * D + j] -= eq[c * D + j] * eq[c * D + j]; }
    for (long t = 0; t < L; t++) { norm += l[c * L + t] * l[c * L + t]; gl[c * L + t] -= l[c * L + t]; }
    prior -= 0.5 * norm;
  }
  return likelihood - N * (m + log(se)) + prior;
}

/* The grid is the gradient here. */
static double grid(int ackley) {
  long side = dims[0];
  for (long r = 0; r < side; r++) {
    double y = -1 + r * (4.0 / (side - 1));
    for (long c = 0; c < side; c++) {
      double x = -2 + c * (4.0 / (side - 1)), a = 1 - x, b = y - x * x;
      g[r * side + c] = ackley
        ? -20 * exp(-0.2 * sqrt(0.5 * (x * x + y * y))) - exp(0.5 * (cos(2 * M_PI * x) + cos(2 * M_PI * y))) + M_E + 20
        : a * a + 100 * b * b;
    }
  }
  return g[7];
}
static double rosenbrockGrid(void) { return grid(0); }
static double ackleyGrid(void) { return grid(1); }

/* What there is to read, read: the bandwidth of the memory. */
static double bandwidth(void) {
  double s[8] = {0};
  for (long i = 0; i + 8 <= dims[0]; i += 8) for (int k = 0; k < 8; k++) s[k] += data[i + k];
  return s[0] + s[1] + s[2] + s[3] + s[4] + s[5] + s[6] + s[7];
}

static const struct { const char *name; double (*run)(void); } kernels[] = {
  {"network", network}, {"leastSquares", leastSquares}, {"logistic", logistic}, {"gmm", gmm}, {"rosenbrock", rosenbrockGrid}, {"ackley", ackleyGrid},
  {"bandwidth", bandwidth},
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* kernels <name> <file: unknowns, then data> <number of unknowns> <number of results> <milliseconds> <dimensions…> */
int main(int n, char **args) {
  if (n < 6) return 2;
  FILE *file = fopen(args[2], "rb");
  if (!file) return 3;
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file), unknowns = atol(args[3]);
  rewind(file);
  p = malloc(bytes + 8);
  if (fread(p, 1, bytes, file) != (size_t)bytes) return 4;
  data = p + unknowns;
  count = atol(args[4]);
  g = calloc(count + 1, sizeof(double));
  for (int k = 6; k < n; k++) dims[k - 6] = atol(args[k]);
  for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
    if (strcmp(kernels[k].name, args[1])) continue;
    double value = kernels[k].run(), times[10000], begin = now(), sum = 0;
    int rounds = 0;
    do {
      double start = now();
      int calls = 0;
      do { value = kernels[k].run(); calls++; } while (now() - start < 1e6);
      times[rounds++] = (now() - start) / calls;
    } while (rounds < 10000 && (rounds < 7 || now() - begin < atof(args[5]) * 1e6));
    qsort(times, rounds, sizeof *times, ascending);
    for (long j = 0; j < count; j++) sum += g[j] * ((j % 7) + 1);
    printf("{\"time\": %.17g, \"value\": %.17g, \"checksum\": %.17g}\n", times[rounds / 2], value, sum);
    return 0;
  }
  return 5;
}
