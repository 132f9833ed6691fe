/**
 * What the rules of differentiation are called before people, by the names that the engine's rule table gives them: in English
 * and, where the editor speaks it, in Korean as in its schoolbooks.
 */
type Names = readonly [english: string, korean: string];

const names: Readonly<Record<string, Names>> = {
  // Structure.
  "constant": ["Constant", "상수의 미분"],
  "identity": ["The variable itself", "변수 자신"],
  "sum": ["Sum rule", "합의 미분법"],
  "difference": ["Difference rule", "차의 미분법"],
  "product": ["Product rule", "곱의 미분법"],
  "quotient": ["Quotient rule", "몫의 미분법"],
  "constant multiple": ["Constant multiple", "상수배의 미분법"],
  "reciprocal": ["Reciprocal rule", "역수의 미분법"],
  "chain": ["Chain rule", "연쇄 법칙"],
  "power": ["Power rule", "거듭제곱의 미분법"],
  "logarithmic differentiation": ["Logarithmic differentiation", "로그 미분법"],
  "logarithmic": ["Logarithmic differentiation", "로그 미분법"],
  "piecewise": ["Piece by piece", "구간별 미분"],
  "sum over index": ["Sum rule, term by term", "합의 미분법 (항별)"],
  "where": ["Intermediate name", "중간 변수"],
  // Functions.
  "exponential": ["Exponential function", "지수함수의 미분"],
  "logarithm": ["Logarithm", "로그함수의 미분"],
  "square root": ["Square root", "제곱근의 미분"],
  "cube root": ["Cube root", "세제곱근의 미분"],
  "absolute value": ["Absolute value", "절댓값의 미분"],
  "maximum": ["Maximum", "최댓값의 미분"],
  "minimum": ["Minimum", "최솟값의 미분"],
  "norm": ["Norm", "노름의 미분"],
  "remainder": ["Remainder", "나머지의 미분"],
  "sine": ["Sine", "사인함수의 미분"],
  "cosine": ["Cosine", "코사인함수의 미분"],
  "tangent": ["Tangent", "탄젠트함수의 미분"],
  "secant": ["Secant", "시컨트함수의 미분"],
  "cosecant": ["Cosecant", "코시컨트함수의 미분"],
  "cotangent": ["Cotangent", "코탄젠트함수의 미분"],
  "arcsine": ["Arcsine", "아크사인의 미분"],
  "arccosine": ["Arccosine", "아크코사인의 미분"],
  "arctangent": ["Arctangent", "아크탄젠트의 미분"],
  "arcsecant": ["Arcsecant", "아크시컨트의 미분"],
  "arccosecant": ["Arccosecant", "아크코시컨트의 미분"],
  "arccotangent": ["Arccotangent", "아크코탄젠트의 미분"],
  "hyperbolic sine": ["Hyperbolic sine", "쌍곡사인의 미분"],
  "hyperbolic cosine": ["Hyperbolic cosine", "쌍곡코사인의 미분"],
  "hyperbolic tangent": ["Hyperbolic tangent", "쌍곡탄젠트의 미분"],
  "hyperbolic secant": ["Hyperbolic secant", "쌍곡시컨트의 미분"],
  "hyperbolic cosecant": ["Hyperbolic cosecant", "쌍곡코시컨트의 미분"],
  "hyperbolic cotangent": ["Hyperbolic cotangent", "쌍곡코탄젠트의 미분"],
  "inverse hyperbolic sine": ["Inverse hyperbolic sine", "역쌍곡사인의 미분"],
  "inverse hyperbolic cosine": ["Inverse hyperbolic cosine", "역쌍곡코사인의 미분"],
  "inverse hyperbolic tangent": ["Inverse hyperbolic tangent", "역쌍곡탄젠트의 미분"],
  "inverse hyperbolic secant": ["Inverse hyperbolic secant", "역쌍곡시컨트의 미분"],
  "inverse hyperbolic cosecant": ["Inverse hyperbolic cosecant", "역쌍곡코시컨트의 미분"],
  "inverse hyperbolic cotangent": ["Inverse hyperbolic cotangent", "역쌍곡코탄젠트의 미분"],
  "floor": ["Floor: flat between its steps", "바닥함수: 계단 사이에서 상수"],
  "ceiling": ["Ceiling: flat between its steps", "천장함수: 계단 사이에서 상수"],
  "rounding": ["Rounding: flat between its steps", "반올림: 계단 사이에서 상수"],
  "truncation": ["Truncation: flat between its steps", "버림: 계단 사이에서 상수"],
  "sign": ["Sign: flat on either side", "부호함수: 양쪽에서 상수"],
  "sigmoid": ["Sigmoid", "시그모이드의 미분"],
  "softplus": ["Softplus", "소프트플러스의 미분"],
  "log-sigmoid": ["Log-sigmoid", "로그 시그모이드의 미분"],
  "log-sum-exp": ["Log-sum-exp", "로그-합-지수의 미분"],
  "stable form": ["Stable form", "안정된 형태"],
  "error function": ["Error function", "오차함수의 미분"],
  "gamma function": ["Gamma function", "감마함수의 미분"],
  "log-gamma function": ["Log-gamma function", "로그감마함수의 미분"],
  "digamma function": ["Digamma function", "디감마함수의 미분"],
  "trigamma function": ["Trigamma function", "트리감마함수의 미분"],
  "bitwise and": ["Bitwise and", "비트 논리곱"],
  "bitwise or": ["Bitwise or", "비트 논리합"],
  "bitwise exclusive or": ["Bitwise exclusive or", "비트 배타적 논리합"],
  "shift": ["Shift", "비트 이동"],
  "indicator": ["Indicator", "지시함수"],
  "comparison": ["Comparison", "비교"],
  "logic": ["Logic", "논리 연산"],
  // What was done to make the result short.
  "collect like terms": ["collect like terms", "동류항 정리"],
  "multiply out": ["multiply out", "전개"],
  "multiply out and collect like terms": ["multiply out, collect like terms", "전개하여 동류항 정리"],
  "multiply the numbers": ["multiply the numbers", "수끼리 곱하기"],
  "combine powers": ["combine powers", "거듭제곱 합치기"],
  "factor out": ["factor out", "공통인수로 묶기"],
  "cancel": ["cancel", "약분"],
  "common denominator": ["common denominator", "통분"],
  "clear fractions": ["clear fractions", "분수 없애기"],
  "double angle": ["double angle", "배각 공식"],
  "rearrange": ["rearrange", "식 정리"],
  "sin² + cos² = 1": ["sin² + cos² = 1", "sin² + cos² = 1"],
};

const isKorean = document.documentElement.lang.startsWith("ko");

/** Of rules that were applied at once the chain rule comes first: it is the one that tells how they go together. */
export function ruleName(rule: string): string {
  const parts = rule.split(", ");
  const chained = parts.includes("chain") ? ["chain", ...parts.filter((part) => part !== "chain")] : parts;
  return chained.map(nameOf).join(" · ");
}

/** What was done to make a result short. */
export function simplificationName(name: string): string {
  return names[name]?.[isKorean ? 1 : 0] ?? name;
}

/** Whether it has a name before people; the tests ask. */
export function isNamedRule(rule: string): boolean {
  return Object.hasOwn(names, rule);
}

/** One that has no name here goes by the engine's. */
function nameOf(rule: string): string {
  return names[rule]?.[isKorean ? 1 : 0] ?? rule.charAt(0).toUpperCase() + rule.slice(1);
}
