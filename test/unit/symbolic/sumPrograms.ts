const points = "const xs = [0.5, 1, 2.5, 3, 4.5], ys = [1, 2, 2.5, 4, 5];";
const table = "const X = [[1, 2, 0.5, 3, 1], [0, 1, 1, 2, 2], [2, 0, 1, 1, 3], [1, 1, 2, 0, 1], [3, 2, 1, 1, 0], [0, 0, 1, 2, 2]], y = [1, 0, 1, 1, 0, 0];";
const records = "const points = [{ x: 1, y: 2 }, { x: 2, y: 3.5 }, { x: 3, y: 4 }, { x: 4.5, y: 6 }];";

/** A program, what its formula is in LaTeX, and the first of its partial derivatives. */
export const sumPrograms: readonly { readonly title: string; readonly text: string; readonly value: string; readonly gradient: readonly string[] }[] = [
  { title: "least squares, for", text: `${points}
    function loss(w: number, b: number) { let total = 0; for (let i = 0; i < xs.length; i++) { const error = w * xs[i] + b - ys[i]; total += error ** 2; } return total / xs.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, forEach", text: `${points}
    function loss(w: number, b: number) { let total = 0; xs.forEach((x, i) => { total += (w * x + b - ys[i]) ** 2; }); return total / xs.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, reduce", text: `${points}
    const loss = (w: number, b: number) => xs.reduce((sum, x, i) => sum + Math.pow(w * x + b - ys[i], 2), 0) / xs.length;`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, map and reduce", text: `${points}
    function loss(w: number, b: number) { const errors = xs.map((x, i) => w * x + b - ys[i]); return errors.map(e => e * e).reduce((a, b) => a + b, 0) / xs.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, for of with a counter", text: `${points}
    function loss(w: number, b: number) { let total = 0, i = 0; for (const x of xs) { total += (w * x + b - ys[i]) ** 2; i++; } return total / (2 * xs.length); }`,
    value: "\\frac{1}{2n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{1}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, while", text: `${points}
    function loss(w: number, b: number) { let total = 0; let i = 0; while (i < xs.length) { const r = ys[i] - (w * xs[i] + b); total = total + r * r; i += 1; } return total; }`,
    value: "\\sum_{i=1}^{n} (y_i - (w x_i + b))^2",
    gradient: ["-2 \\sum_{i=1}^{n} x_i (y_i - (w x_i + b))", "-2 \\sum_{i=1}^{n} (y_i - (w x_i + b))"] },
  { title: "least squares, entries", text: `${points}
    function loss(w: number, b: number) { let total = 0; for (const [i, x] of xs.entries()) total += (w * x + b - ys[i]) ** 2; return total; }`,
    value: "\\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["2 \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "2 \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, pushes", text: `${points}
    function loss(w: number, b: number) { const errors: number[] = []; for (let i = 0; i < xs.length; i++) errors.push(w * xs[i] + b - ys[i]); let s = 0; for (const e of errors) s += e * e; return s; }`,
    value: "\\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["2 \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "2 \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, downwards", text: `${points}
    function loss(w: number, b: number) { let s = 0; for (let i = xs.length - 1; i >= 0; i--) s += (w * xs[i] + b - ys[i]) ** 2; return s; }`,
    value: "\\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["2 \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "2 \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, objects", text: `${records}
    function loss(w: number, b: number) { let s = 0; for (const p of points) s += (w * p.x + b - p.y) ** 2; return s / points.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, destructured objects", text: `${records}
    const loss = (w: number, b: number) => points.map(({ x, y }) => (w * x + b - y) ** 2).reduce((a, c) => a + c) / points.length;`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "least squares, pairs", text: `const data = [[1, 2], [2, 3.5], [3, 4], [4.5, 6]];
    function loss(w: number, b: number) { let s = 0; for (const [x, y] of data) s += (w * x + b - y) ** 2; return s / data.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w \\mathrm{data}_{i,1} + b - \\mathrm{data}_{i,2})^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} \\mathrm{data}_{i,1} (w \\mathrm{data}_{i,1} + b - \\mathrm{data}_{i,2})", "\\frac{2}{n} \\sum_{i=1}^{n} (w \\mathrm{data}_{i,1} + b - \\mathrm{data}_{i,2})"] },
  { title: "root mean square", text: `${points}
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return Math.sqrt(s / xs.length); }`,
    value: "\\sqrt{\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2}",
    gradient: ["\\frac{1}{n \\sqrt{\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2}} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{1}{n \\sqrt{\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2}} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "ridge of one weight", text: `${points}
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s / xs.length + 0.1 * w ** 2; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2 + 0.1w^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i) + 0.2w", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "logistic loss", text: `const xs = [0.5, 1, 2.5, 3, 4.5], ys = [0, 0, 1, 0, 1];
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const z = w * xs[i] + b; const p = 1 / (1 + Math.exp(-z)); s += -(ys[i] * Math.log(p) + (1 - ys[i]) * Math.log(1 - p)); } return s / xs.length; }`,
    value: "-\\frac{1}{n} \\sum_{i=1}^{n} \\left(y_i \\ln\\left(\\frac{1}{1 + e^{-(w x_i + b)}}\\right) + (1 - y_i) \\ln\\left(1 - \\frac{1}{1 + e^{-(w x_i + b)}}\\right)\\right)",
    gradient: ["\\frac{1}{n} \\sum_{i=1}^{n} x_i \\left(\\frac{1}{1 + e^{-(w x_i + b)}} - y_i\\right)", "\\frac{1}{n} \\sum_{i=1}^{n} \\left(\\frac{1}{1 + e^{-(w x_i + b)}} - y_i\\right)"] },
  { title: "logistic loss by helper", text: `const xs = [0.5, 1, 2.5, 3, 4.5], ys = [0, 0, 1, 0, 1]; const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const p = sigmoid(w * xs[i] + b); s -= ys[i] * Math.log(p) + (1 - ys[i]) * Math.log(1 - p); } return s / xs.length; }`,
    value: "-\\frac{1}{n} \\sum_{i=1}^{n} \\left(y_i \\ln\\left(\\frac{1}{1 + e^{-(w x_i + b)}}\\right) + (1 - y_i) \\ln\\left(1 - \\frac{1}{1 + e^{-(w x_i + b)}}\\right)\\right)",
    gradient: ["\\frac{1}{n} \\sum_{i=1}^{n} x_i \\left(\\frac{1}{1 + e^{-(w x_i + b)}} - y_i\\right)", "\\frac{1}{n} \\sum_{i=1}^{n} \\left(\\frac{1}{1 + e^{-(w x_i + b)}} - y_i\\right)"] },
  { title: "softplus form of the logistic loss", text: `const xs = [0.5, 1, 2.5, 3, 4.5], ys = [-1, -1, 1, -1, 1];
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += Math.log(1 + Math.exp(-ys[i] * (w * xs[i] + b))); return s; }`,
    value: "\\sum_{i=1}^{n} \\ln(1 + e^{-y_i (w x_i + b)})",
    gradient: ["-\\sum_{i=1}^{n} \\frac{y_i x_i}{1 + e^{y_i (w x_i + b)}}", "-\\sum_{i=1}^{n} \\frac{y_i}{1 + e^{y_i (w x_i + b)}}"] },
  { title: "hinge", text: `const xs = [0.5, 1, 2.5, 3, 4.5], ys = [-1, -1, 1, -1, 1];
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += Math.max(0, 1 - ys[i] * (w * xs[i] + b)); return s / xs.length + 0.01 * w * w; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} \\max(0, 1 - y_i (w x_i + b)) + 0.01w^2",
    gradient: ["0.02w - \\frac{1}{n} \\sum_{i=1}^{n} \\begin{cases} y_i x_i & 1 - y_i (w x_i + b) > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "-\\frac{1}{n} \\sum_{i=1}^{n} \\begin{cases} y_i & 1 - y_i (w x_i + b) > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"] },
  { title: "absolute errors", text: `${points}
    function loss(w: number, b: number) { return xs.reduce((s, x, i) => s + Math.abs(w * x + b - ys[i]), 0); }`,
    value: "\\sum_{i=1}^{n} |w x_i + b - y_i|",
    gradient: ["\\sum_{i=1}^{n} x_i \\operatorname{sign}(w x_i + b - y_i)", "\\sum_{i=1}^{n} \\operatorname{sign}(w x_i + b - y_i)"] },
  { title: "huber by if", text: `${points}
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const r = w * xs[i] + b - ys[i]; if (Math.abs(r) < 1) s += 0.5 * r * r; else s += Math.abs(r) - 0.5; } return s; }`,
    value: "\\sum_{i=1}^{n} \\begin{cases} 0.5 (w x_i + b - y_i)^2 & |w x_i + b - y_i| < 1 \\\\ |w x_i + b - y_i| - 0.5 & \\text{otherwise} \\end{cases}",
    gradient: ["\\sum_{i=1}^{n} \\begin{cases} x_i (w x_i + b - y_i) & |w x_i + b - y_i| < 1 \\\\ x_i \\operatorname{sign}(w x_i + b - y_i) & \\text{otherwise} \\end{cases}", "\\sum_{i=1}^{n} \\begin{cases} w x_i + b - y_i & |w x_i + b - y_i| < 1 \\\\ \\operatorname{sign}(w x_i + b - y_i) & \\text{otherwise} \\end{cases}"] },
  { title: "a quantile by ternary", text: `${points}
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const r = ys[i] - (w * xs[i] + b); s += r >= 0 ? 0.9 * r : -0.1 * r; } return s; }`,
    value: "\\sum_{i=1}^{n} \\begin{cases} 0.9 (y_i - (w x_i + b)) & y_i - (w x_i + b) \\ge 0 \\\\ -0.1 (y_i - (w x_i + b)) & \\text{otherwise} \\end{cases}",
    gradient: ["\\sum_{i=1}^{n} \\begin{cases} -0.9x_i & y_i - (w x_i + b) \\ge 0 \\\\ 0.1x_i & \\text{otherwise} \\end{cases}", "\\sum_{i=1}^{n} \\begin{cases} -0.9 & y_i - (w x_i + b) \\ge 0 \\\\ 0.1 & \\text{otherwise} \\end{cases}"] },
  { title: "only some rows, by continue", text: `${points}
    function loss(w: number) { let s = 0; for (let i = 0; i < xs.length; i++) { if (xs[i] < 1) continue; s += (w * xs[i] - ys[i]) ** 2; } return s; }`,
    value: "\\sum_{\\substack{i=1 \\\\ x_i \\ge 1}}^{n} (w x_i - y_i)^2",
    gradient: ["2 \\sum_{\\substack{i=1 \\\\ x_i \\ge 1}}^{n} x_i (w x_i - y_i)"] },
  { title: "all rows but those in a set", text: `${points} const skip = new Set([3, 1]);
    function loss(w: number) { let s = 0; for (let i = 0; i < xs.length; i++) { if (skip.has(i)) continue; s += (w * xs[i] - ys[i]) ** 2; } return s; }`,
    value: "\\sum_{\\substack{i=0 \\\\ i \\notin \\{1, 3\\}}}^{n-1} (w x_i - y_i)^2",
    gradient: ["2 \\sum_{\\substack{i=0 \\\\ i \\notin \\{1, 3\\}}}^{n-1} x_i (w x_i - y_i)"] },
  { title: "only rows in a list", text: `${points} const train = [0, 2, 4];
    function loss(w: number) { let s = 0; xs.forEach((x, i) => { if (train.includes(i)) s += (w * x - ys[i]) ** 2; }); return s; }`,
    value: "\\sum_{\\substack{i=0 \\\\ i \\in \\{0, 2, 4\\}}}^{n-1} (w x_i - y_i)^2",
    gradient: ["2 \\sum_{\\substack{i=0 \\\\ i \\in \\{0, 2, 4\\}}}^{n-1} x_i (w x_i - y_i)"] },
  { title: "all rows but one", text: `${points}
    function loss(w: number) { let s = 0; for (let i = 0; i < xs.length; i++) if (i !== 2) s += (w * xs[i] - ys[i]) ** 2; return s; }`,
    value: "\\sum_{\\substack{i=0 \\\\ i \\ne 2}}^{n-1} (w x_i - y_i)^2",
    gradient: ["2 \\sum_{\\substack{i=0 \\\\ i \\ne 2}}^{n-1} x_i (w x_i - y_i)"] },
  { title: "an exponential average", text: `const xs = [1, 2, 3, 2, 4, 5];
    function f(alpha: number) { let ema = xs[0]; for (let i = 1; i < xs.length; i++) ema = alpha * xs[i] + (1 - alpha) * ema; return ema; }`,
    value: "(1 - \\alpha)^5 + \\alpha \\sum_{i=1}^{n-1} x_i (1 - \\alpha)^{5 - i}",
    gradient: ["\\sum_{i=1}^{n-1} x_i (1 - \\alpha)^{5 - i} - 5 (1 - \\alpha)^4 - \\alpha \\sum_{i=1}^{n-2} x_i (5 - i) (1 - \\alpha)^{4 - i}"] },
  { title: "an autoregression carried along", text: `const u = [1, 2, 3, 2, 4, 5];
    function f(phi: number, s0: number) { let s = s0, t = 0; for (let i = 0; i < u.length; i++) { s = phi * s + u[i]; t += s * s; } return t; }`,
    value: "\\sum_{i=0}^{n-1} \\left(s_0 \\phi^{i + 1} + \\sum_{j=0}^{i} u_j \\phi^{i - j}\\right)^2",
    gradient: ["2 \\sum_{i=0}^{n-1} \\left(s_0 \\phi^{i + 1} + \\sum_{j=0}^{i} u_j \\phi^{i - j}\\right) \\left(s_0 (i + 1) \\phi^i + \\sum_{j=0}^{i-1} u_j (i - j) \\phi^{i - j - 1}\\right)"] },
  { title: "a loan", text: `function balance(rate: number, payment: number) { let b = 1000; for (let m = 0; m < 24; m++) b = b * (1 + rate / 12) - payment; return b; }`,
    value: "1000 \\left(1 + \\frac{\\mathrm{rate}}{12}\\right)^{24} - \\mathrm{payment} \\sum_{m=0}^{23} \\left(1 + \\frac{\\mathrm{rate}}{12}\\right)^m",
    gradient: ["2000 \\left(1 + \\frac{\\mathrm{rate}}{12}\\right)^{23} - \\frac{\\mathrm{payment}}{12} \\sum_{m=1}^{23} m \\left(1 + \\frac{\\mathrm{rate}}{12}\\right)^{m - 1}", "-\\sum_{m=0}^{23} \\left(1 + \\frac{\\mathrm{rate}}{12}\\right)^m"] },
  { title: "steps of a descent", text: "function f(lr: number) { let x = 5; for (let t = 0; t < 20; t++) x = x - lr * 2 * x; return x * x; }",
    value: "(5 (1 - \\mathrm{lr} \\cdot 2)^{20})^2",
    gradient: ["-2000 (1 - 2 \\mathrm{lr})^{39}"] },
  { title: "a decay by small steps, fitted", text: `const obs = [1, 0.8, 0.7, 0.5, 0.4];
    function f(k: number, y0: number) { let y = y0, s = 0; for (let i = 0; i < obs.length; i++) { s += (y - obs[i]) ** 2; y += 0.1 * (-k * y); } return s; }`,
    value: "\\sum_{i=0}^{n-1} (y_0 (1 - 0.1k)^i - \\mathrm{obs}_i)^2",
    gradient: ["-0.2y_0 \\sum_{i=1}^{n-1} i (y_0 (1 - 0.1k)^i - \\mathrm{obs}_i) (1 - 0.1k)^{i - 1}"] },
  { title: "a penalty within the loop", text: `${points}
    function loss(w: number) { let s = 0; for (let i = 0; i < xs.length; i++) { s += (w * xs[i] - ys[i]) ** 2; s += 0.1 * w * w; } return s; }`,
    value: "\\sum_{i=1}^{n} ((w x_i - y_i)^2 + 0.1w^2)",
    gradient: ["\\sum_{i=1}^{n} (2x_i (w x_i - y_i) + 0.2w)"] },
  { title: "a polynomial in data", text: `${points}
    function loss(a: number, b: number, c: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (a * xs[i] ** 2 + b * xs[i] + c - ys[i]) ** 2; return s; }`,
    value: "\\sum_{i=1}^{n} (a x_i^2 + b x_i + c - y_i)^2",
    gradient: ["2 \\sum_{i=1}^{n} x_i^2 (a x_i^2 + b x_i + c - y_i)", "2 \\sum_{i=1}^{n} x_i (a x_i^2 + b x_i + c - y_i)"] },
  { title: "a decay fitted", text: `${points}
    function loss(a: number, k: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (a * Math.exp(-k * xs[i]) - ys[i]) ** 2; return s; }`,
    value: "\\sum_{i=1}^{n} (a e^{-k x_i} - y_i)^2",
    gradient: ["2 \\sum_{i=1}^{n} e^{-k x_i} (a e^{-k x_i} - y_i)", "-2a \\sum_{i=1}^{n} x_i e^{-k x_i} (a e^{-k x_i} - y_i)"] },
  { title: "a normal likelihood", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function loss(mu: number, sigma: number) { let l = 0; for (const x of xs) l += Math.log(sigma) + (x - mu) ** 2 / (2 * sigma ** 2); return l; }`,
    value: "\\sum_{i=1}^{n} \\left(\\ln \\sigma + \\frac{(x_i - \\mu)^2}{2 \\sigma^2}\\right)",
    gradient: ["-\\frac{1}{\\sigma^2} \\sum_{i=1}^{n} (x_i - \\mu)", "\\frac{1}{\\sigma^3} \\sum_{i=1}^{n} (\\sigma^2 - (x_i - \\mu)^2)"] },
  { title: "a Poisson likelihood", text: `const xs = [0.5, 1, 2.5, 3, 4.5], counts = [1, 0, 3, 2, 6];
    function loss(a: number, b: number) { let l = 0; for (let i = 0; i < xs.length; i++) { const rate = Math.exp(a + b * xs[i]); l += rate - counts[i] * Math.log(rate); } return l; }`,
    value: "\\sum_{i=1}^{n} (e^{a + b x_i} - \\mathrm{counts}_i \\ln(e^{a + b x_i}))",
    gradient: ["\\sum_{i=1}^{n} (e^{a + b x_i} - \\mathrm{counts}_i)", "\\sum_{i=1}^{n} x_i (e^{a + b x_i} - \\mathrm{counts}_i)"] },
  { title: "a variance about its mean", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function loss(a: number) { let mean = 0; for (const x of xs) mean += Math.exp(a * x); mean /= xs.length; let v = 0; for (const x of xs) v += (Math.exp(a * x) - mean) ** 2; return v / xs.length; }`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} \\left(e^{a x_i} - \\frac{1}{n} \\sum_{j=1}^{n} e^{a x_j}\\right)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} \\left(e^{a x_i} - \\frac{1}{n} \\sum_{j=1}^{n} e^{a x_j}\\right) \\left(x_i e^{a x_i} - \\frac{1}{n} \\sum_{j=1}^{n} x_j e^{a x_j}\\right)"] },
  { title: "a log of a sum of exponentials", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function f(a: number) { let s = 0; for (const x of xs) s += Math.exp(a * x); return Math.log(s); }`,
    value: "\\ln\\left(\\sum_{i=1}^{n} e^{a x_i}\\right)",
    gradient: ["\\frac{\\sum_{i=1}^{n} x_i e^{a x_i}}{\\sum_{i=1}^{n} e^{a x_i}}"] },
  { title: "a ratio of sums", text: `${points}
    function f(a: number) { let p = 0, q = 0; for (let i = 0; i < xs.length; i++) { p += xs[i] * Math.exp(-a * ys[i]); q += Math.exp(-a * ys[i]); } return p / q; }`,
    value: "\\frac{\\sum_{i=1}^{n} x_i e^{-a y_i}}{\\sum_{i=1}^{n} e^{-a y_i}}",
    gradient: ["\\frac{\\left(\\sum_{i=1}^{n} x_i e^{-a y_i}\\right) \\sum_{i=1}^{n} y_i e^{-a y_i} - \\left(\\sum_{i=1}^{n} e^{-a y_i}\\right) \\sum_{i=1}^{n} x_i y_i e^{-a y_i}}{\\left(\\sum_{i=1}^{n} e^{-a y_i}\\right)^2}"] },
  { title: "a linear model with a vector of weights", text: `${table}
    function loss(w: number[], b: number) { let total = 0; for (let i = 0; i < X.length; i++) { let z = b; for (let j = 0; j < w.length; j++) z += w[j] * X[i][j]; total += (z - y[i]) ** 2; } return total / X.length; }
    loss([0.1, 0.2, 0.3, 0.1, 0], 0.5);`,
    value: "\\frac{1}{n} \\sum_{i=0}^{n-1} \\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=0}^{n-1} X_{i,0} \\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)", "\\frac{2}{n} \\sum_{i=0}^{n-1} X_{i,1} \\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)"] },
  { title: "logistic regression with a ridge", text: `${table}
    function loss(w: number[], b: number) { let total = 0; for (let i = 0; i < X.length; i++) { let z = b; for (let j = 0; j < w.length; j++) z += w[j] * X[i][j]; const p = 1 / (1 + Math.exp(-z)); total -= y[i] * Math.log(p) + (1 - y[i]) * Math.log(1 - p); } let ridge = 0; for (const wj of w) ridge += wj * wj; return total / X.length + 0.1 * ridge; }
    loss([0.1, 0.2, 0.3, 0.1, 0], 0.5);`,
    value: "-\\frac{1}{n} \\sum_{i=0}^{n-1} \\left(y_i \\ln\\left(\\frac{1}{1 + \\exp\\left(-\\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j}\\right)\\right)}\\right) + (1 - y_i) \\ln\\left(1 - \\frac{1}{1 + \\exp\\left(-\\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j}\\right)\\right)}\\right)\\right) + 0.1 \\sum_{i=0}^{m-1} w_i^2",
    gradient: ["\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,0} \\left(\\frac{1}{1 + \\exp\\left(-\\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j}\\right)\\right)} - y_i\\right) + 0.2w_0", "\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,1} \\left(\\frac{1}{1 + \\exp\\left(-\\left(b + \\sum_{j=0}^{m-1} w_j X_{i,j}\\right)\\right)} - y_i\\right) + 0.2w_1"] },
  { title: "a linear model by a dot product", text: `${table}
    const dot = (a: number[], b: number[]) => a.reduce((s, v, j) => s + v * b[j], 0);
    function loss(w: number[]) { return X.map((row, i) => (dot(w, row) - y[i]) ** 2).reduce((a, b) => a + b, 0) / X.length; }
    loss([0.1, 0.2, 0.3, 0.1, 0]);`,
    value: "\\frac{1}{n} \\sum_{i=0}^{n-1} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=0}^{n-1} X_{i,0} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)", "\\frac{2}{n} \\sum_{i=0}^{n-1} X_{i,1} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)"] },
  { title: "the lasso", text: `${table}
    function loss(w: number[]) { let s = 0; for (let i = 0; i < X.length; i++) { let z = 0; for (let j = 0; j < w.length; j++) z += X[i][j] * w[j]; s += (z - y[i]) ** 2; } let l1 = 0; for (let j = 0; j < w.length; j++) l1 += Math.abs(w[j]); return s + 0.5 * l1; }
    loss([0.1, 0.2, 0.3, 0.1, 0.4]);`,
    value: "\\sum_{i=0}^{n-1} \\left(\\sum_{j=0}^{m-1} X_{i,j} w_j - y_i\\right)^2 + 0.5 \\sum_{j=0}^{m-1} |w_j|",
    gradient: ["2 \\sum_{i=0}^{n-1} X_{i,0} \\left(\\sum_{j=0}^{m-1} X_{i,j} w_j - y_i\\right) + 0.5 \\operatorname{sign} w_0", "2 \\sum_{i=0}^{n-1} X_{i,1} \\left(\\sum_{j=0}^{m-1} X_{i,j} w_j - y_i\\right) + 0.5 \\operatorname{sign} w_1"] },
  { title: "a model of two weights", text: `const X = [[1, 2], [3, 1], [0, 2], [2, 2]], y = [1, 2, 3, 4];
    function loss(w: number[]) { let s = 0; for (let i = 0; i < X.length; i++) s += (w[0] * X[i][0] + w[1] * X[i][1] - y[i]) ** 2; return s; }
    loss([1, 2]);`,
    value: "\\sum_{i=0}^{n-1} (w_0 X_{i,0} + w_1 X_{i,1} - y_i)^2",
    gradient: ["2 \\sum_{i=0}^{n-1} X_{i,0} (w_0 X_{i,0} + w_1 X_{i,1} - y_i)", "2 \\sum_{i=0}^{n-1} X_{i,1} (w_0 X_{i,0} + w_1 X_{i,1} - y_i)"] },
  { title: "Rosenbrock in five dimensions", text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2; return s; }
    f([0, 1, 0, 1, 0]);`,
    value: "\\sum_{i=0}^{3} (100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2)",
    gradient: ["-400x_0 (x_1 - x_0^2) - 2 (1 - x_0)", "200 (x_1 - x_0^2) - 400x_1 (x_2 - x_1^2) - 2 (1 - x_1)"] },
  { title: "a sphere", text: "const f = (x: number[]) => x.reduce((s, v) => s + v * v, 0); f([1, 2, 3, 4, 5]);",
    value: "\\sum_{i=0}^{4} x_i^2",
    gradient: ["2x_0", "2x_1"] },
  { title: "Rastrigin", text: `function f(x: number[]) { let s = 10 * x.length; for (const v of x) s += v ** 2 - 10 * Math.cos(2 * Math.PI * v); return s; } f([1, 2, 3, 4, 5]);`,
    value: "50 + \\sum_{i=0}^{4} (x_i^2 - 10 \\cos(2 \\pi x_i))",
    gradient: ["2x_0 + 20 \\pi \\sin(2 \\pi x_0)", "2x_1 + 20 \\pi \\sin(2 \\pi x_1)"] },
  { title: "differences from the left neighbour", text: `function f(x: number[]) { let s = 0; for (let i = 1; i < x.length; i++) s += (x[i] - x[i - 1]) ** 2; return s; } f([1, 2, 3, 4, 6]);`,
    value: "\\sum_{i=1}^{4} (x_i - x_{i-1})^2",
    gradient: ["-2 (x_1 - x_0)", "4x_1 - 2x_0 - 2x_2"] },
  { title: "Styblinski and Tang", text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) s += x[i] ** 4 - 16 * x[i] ** 2 + 5 * x[i]; return s / 2; } f([1, 2, 3, 4]);`,
    value: "\\frac{1}{2} \\sum_{i=0}^{3} (x_i^4 - 16x_i^2 + 5x_i)",
    gradient: ["\\frac{4x_0^3 - 32x_0 + 5}{2}", "\\frac{4x_1^3 - 32x_1 + 5}{2}"] },
  { title: "an ellipsoid with its index", text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) s += (i + 1) * x[i] ** 2; return s; } f([1, 2, 3, 4]);`,
    value: "\\sum_{i=0}^{3} (i + 1) x_i^2",
    gradient: ["2x_0", "4x_1"] },
  { title: "a power series", text: "function f(x: number) { let s = 0; for (let k = 0; k < 6; k++) s += x ** k; return s; } f(0.5);",
    value: "\\sum_{k=0}^{5} x^k",
    gradient: ["\\sum_{k=1}^{5} k x^{k - 1}"] },
  { title: "a sum over all pairs", text: `function f(x: number[]) { let e = 0; for (let i = 0; i < x.length; i++) for (let j = i + 1; j < x.length; j++) e += 1 / (x[i] - x[j]) ** 2; return e; } f([1, 2, 4, 7]);`,
    value: "\\sum_{i=0}^{3} \\sum_{j=i+1}^{3} \\frac{1}{(x_i - x_j)^2}",
    gradient: ["-2 \\sum_{j=1}^{3} \\frac{1}{(x_0 - x_j)^3}", "\\frac{2}{(x_0 - x_1)^3} - 2 \\sum_{j=2}^{3} \\frac{1}{(x_1 - x_j)^3}"] },
  { title: "pairs of data", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function f(h: number) { let s = 0; for (let i = 0; i < xs.length; i++) for (let j = 0; j < xs.length; j++) s += Math.exp(-((xs[i] - xs[j]) ** 2) / h); return s / xs.length ** 2; }`,
    value: "\\frac{1}{n^2} \\sum_{i=1}^{n} \\sum_{j=1}^{n} e^{-(x_i - x_j)^2/h}",
    gradient: ["\\frac{1}{h^2 n^2} \\sum_{i=1}^{n} \\sum_{j=1}^{n} (x_i - x_j)^2 e^{-(x_i - x_j)^2/h}"] },
  { title: "a place nearest to others", text: `const places = [{ x: 1, y: 2 }, { x: 2, y: 3.5 }, { x: 3, y: 4 }, { x: 4.5, y: 6 }];
    function f(x: number, y: number) { return places.reduce((d, p) => d + Math.sqrt((x - p.x) ** 2 + (y - p.y) ** 2), 0); } f(0, 0);`,
    value: "\\sum_{i=1}^{n} \\sqrt{(x - x_i)^2 + (y - y_i)^2}",
    gradient: ["\\sum_{i=1}^{n} \\frac{x - x_i}{\\sqrt{(x - x_i)^2 + (y - y_i)^2}}", "\\sum_{i=1}^{n} \\frac{y - y_i}{\\sqrt{(x - x_i)^2 + (y - y_i)^2}}"] },
  { title: "weighted data", text: `const xs = [0.5, 1, 2.5, 3, 4.5], weights = [1, 2, 1, 1, 3];
    function f(mu: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += weights[i] * (xs[i] - mu) ** 2; return s; }`,
    value: "\\sum_{i=1}^{n} \\mathrm{weights}_i (x_i - \\mu)^2",
    gradient: ["-2 \\sum_{i=1}^{n} \\mathrm{weights}_i (x_i - \\mu)"] },
  { title: "data as arguments", text: `function mse(w: number, b: number, xs: number[], ys: number[]) { let s = 0; for (let i = 0; i < xs.length; i++) s += (ys[i] - (w * xs[i] + b)) ** 2; return s / xs.length; }
    mse(1, 0, [1, 2, 3, 4], [2, 4, 6, 9]);`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (y_i - (w x_i + b))^2",
    gradient: ["-\\frac{2}{n} \\sum_{i=1}^{n} x_i (y_i - (w x_i + b))", "-\\frac{2}{n} \\sum_{i=1}^{n} (y_i - (w x_i + b))"] },
  { title: "parameters in an object", text: `${points}
    function loss(params: { w: number; b: number }) { let s = 0; for (let i = 0; i < xs.length; i++) s += (params.w * xs[i] + params.b - ys[i]) ** 2; return s / xs.length; } loss({ w: 1, b: 0 });`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2",
    gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)", "\\frac{2}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)"] },
  { title: "a closure over the data", text: `function makeLoss(data: number[]) { return (mu: number) => { let s = 0; for (const d of data) s += (d - mu) ** 2; return s / data.length; }; }
    const loss = makeLoss([1, 2, 4, 8]);`,
    value: "\\frac{1}{n} \\sum_{i=1}^{n} (\\mathrm{data}_i - \\mu)^2",
    gradient: ["-\\frac{2}{n} \\sum_{i=1}^{n} (\\mathrm{data}_i - \\mu)"] },
  { title: "two clusters by soft choice", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function f(a: number, b: number) { let s = 0; for (const x of xs) s -= Math.log(0.5 * Math.exp(-((x - a) ** 2) / 2) + 0.5 * Math.exp(-((x - b) ** 2) / 2)); return s; } f(0, 1);`,
    value: "-\\sum_{i=1}^{n} \\ln(0.5e^{-(x_i - a)^2/2} + 0.5e^{-(x_i - b)^2/2})",
    gradient: ["-0.5 \\sum_{i=1}^{n} \\frac{x_i - a}{0.5 + 0.5e^{(x_i - a)^2/2 - (x_i - b)^2/2}}", "-0.5 \\sum_{i=1}^{n} \\frac{x_i - b}{0.5 + 0.5e^{(x_i - b)^2/2 - (x_i - a)^2/2}}"] },
  { title: "an array raised column by column", text: `const X = [[1, 2, 3, 1], [0, 1, 2, 1], [3, 2, 1, 1], [1, 1, 1, 1], [4, 5, 6, 1]], y = [1, 2, 3, 4, 5];
    function f(w: number[]) { const pred = new Array(5).fill(0); for (let j = 0; j < 4; j++) for (let i = 0; i < 5; i++) pred[i] += w[j] * X[i][j]; let s = 0; for (let i = 0; i < 5; i++) s += (pred[i] - y[i]) ** 2; return s; } f([1, 2, 3, 4]);`,
    value: "\\sum_{i=0}^{n-1} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)^2",
    gradient: ["2 \\sum_{i=0}^{n-1} X_{i,0} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)", "2 \\sum_{i=0}^{n-1} X_{i,1} \\left(\\sum_{j=0}^{m-1} w_j X_{i,j} - y_i\\right)"] },
  { title: "an array changed in place", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function f(a: number, b: number) { const g = new Float64Array(5); for (let i = 0; i < 5; i++) g[i] = a * xs[i]; for (let i = 0; i < 5; i++) g[i] += b; let s = 0; for (let i = 0; i < 5; i++) s += g[i] ** 2; return s; }`,
    value: "\\sum_{i=1}^{n} (a x_i + b)^2",
    gradient: ["2 \\sum_{i=1}^{n} x_i (a x_i + b)", "2 \\sum_{i=1}^{n} (a x_i + b)"] },
  { title: "a moving window", text: `const xs = [0.5, 1, 2.5, 3, 4.5, 6];
    function f(a: number, b: number) { let s = 0; for (let i = 2; i < xs.length; i++) s += (xs[i] - a * xs[i - 1] - b * xs[i - 2]) ** 2; return s; }`,
    value: "\\sum_{i=3}^{n} (x_i - a x_{i-1} - b x_{i-2})^2",
    gradient: ["-2 \\sum_{i=3}^{n} x_{i-1} (x_i - a x_{i-1} - b x_{i-2})", "-2 \\sum_{i=3}^{n} x_{i-2} (x_i - a x_{i-1} - b x_{i-2})"] },
  { title: "a path of points", text: `function f(pts: { x: number; y: number }[]) { let s = 0; for (let i = 0; i + 1 < pts.length; i++) s += (pts[i + 1].x - pts[i].x) ** 2 + (pts[i + 1].y - pts[i].y) ** 2; return s; } f([{ x: 0, y: 1 }, { x: 1, y: 1 }, { x: 2, y: 0 }, { x: 3, y: 3 }, { x: 4, y: 3 }]);`,
    value: "\\sum_{i=0}^{3} ((x_{i+1} - x_i)^2 + (y_{i+1} - y_i)^2)",
    gradient: ["-2 (x_1 - x_0)", "-2 (y_1 - y_0)"] },
  { title: "a quadratic form", text: `const A = [[2, 1, 0, 0], [1, 3, 1, 0], [0, 1, 4, 1], [0, 0, 1, 5]];
    function f(x: number[]) { let s = 0; for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) s += A[i][j] * x[i] * x[j]; return s; } f([1, 2, 3, 4]);`,
    value: "\\sum_{i=0}^{n-1} \\sum_{j=0}^{n-1} A_{i,j} x_i x_j",
    gradient: ["2 \\sum_{j=0}^{n-1} x_j A_{0,j}", "2 \\sum_{j=0}^{n-1} x_j A_{1,j}"] },
  { title: "a sum and its last term", text: `const xs = [0.5, 1, 2.5, 3, 4.5];
    function f(a: number) { let last = 0; let s = 0; for (const x of xs) { last = a * x; s += last ** 2; } return s + last; }`,
    value: "\\sum_{i=1}^{n} (a x_i)^2 + a x_5",
    gradient: ["2a \\sum_{i=1}^{n} x_i^2 + x_5"] },
  { title: "every second row", text: `const xs = [0.5, 1, 2.5, 3, 4.5, 6, 7, 8, 9, 10];
    function f(a: number) { let s = 0; for (let i = 0; i < 10; i += 2) s += (xs[i] - a * xs[i + 1]) ** 2; return s; }`,
    value: "\\sum_{i=0}^{4} (x_{2i} - a x_{2i+1})^2",
    gradient: ["-2 \\sum_{i=0}^{4} x_{2i+1} (x_{2i} - a x_{2i+1})"] },
  { title: "repulsion of all pairs", text: `function f(x: number[]) { let e = 0; for (let i = 0; i < x.length; i++) for (let j = 0; j < x.length; j++) if (i !== j) e += 1 / (x[i] - x[j]) ** 2; return e; } f([1, 2, 4, 7, 11]);`,
    value: "\\sum_{i=0}^{4} \\sum_{\\substack{j=0 \\\\ i \\ne j}}^{4} \\frac{1}{(x_i - x_j)^2}",
    gradient: ["2 \\sum_{\\substack{i=0 \\\\ i \\ne 0}}^{4} \\frac{1}{(x_i - x_0)^3} - 2 \\sum_{\\substack{j=0 \\\\ j \\ne 0}}^{4} \\frac{1}{(x_0 - x_j)^3}", "2 \\sum_{\\substack{i=0 \\\\ i \\ne 1}}^{4} \\frac{1}{(x_i - x_1)^3} - 2 \\sum_{\\substack{j=0 \\\\ j \\ne 1}}^{4} \\frac{1}{(x_1 - x_j)^3}"] },
];
