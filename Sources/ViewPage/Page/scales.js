// Numbers along a line: ends, ticks, texts.

/** Values at 1, 2 or 5 times a power of ten, about `count` of them, within the ends. */
export function ticks(lower, upper, count) {
  const width = upper - lower;
  if (!(width > 0) || !isFinite(width)) return [lower];
  const rough = width / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999);
  const result = [];
  for (let number = Math.ceil(lower / step - 1e-9); number * step <= upper + step * 1e-9; number++) {
    result.push(number === 0 ? 0 : number * step);
  }
  return result;
}

/** Powers of ten, with 2 and 5 between them where there is room. */
export function logTicks(lower, upper, count) {
  const [first, last] = [Math.floor(Math.log10(lower)), Math.ceil(Math.log10(upper))];
  const stride = Math.max(1, Math.ceil((last - first) / Math.max(1, count)));
  const factors = upper / lower <= 120 ? [1, 2, 5] : [1];
  const result = [];
  for (let power = first; power <= last; power += stride) {
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= lower * 0.9999 && value <= upper * 1.0001) result.push(value);
    }
  }
  return result.length > 1 ? result : [lower, upper];
}

/** As few digits as tell a tick from its neighbours. */
export function tickText(value, step) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || step < 0.99e-4) return scientific(value, step);
  const digits = step > 0 ? Math.max(0, -Math.floor(Math.log10(step * 1.001))) : 3;
  return value.toFixed(Math.min(digits, 8)).replace('-', '−');
}

const superscripts = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

function scientific(value, step) {
  let power = Math.floor(Math.log10(Math.abs(value)) + 1e-12);
  const digits = step > 0 ? Math.max(0, power - Math.floor(Math.log10(step * 1.001))) : 2;
  let mantissa = (value / 10 ** power).toFixed(Math.min(digits, 6));
  if (Math.abs(Number(mantissa)) >= 10) { power += 1; mantissa = (value / 10 ** power).toFixed(digits); }
  const raised = [...String(power)].map((sign) => superscripts[sign]).join('');
  const text = Number(mantissa) === 1 ? `10${raised}` : Number(mantissa) === -1 ? `−10${raised}` : `${mantissa}·10${raised}`;
  return text.replace('-', '−');
}

/** Five digits, for values that a person reads off. */
export function valueText(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return 'no value';
  if (!isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e6 || size < 1e-4) ? value.toExponential(4) : String(Number(value.toPrecision(5)));
  return text.replaceAll('-', '−');
}

/** The ends of finite values, of positive ones alone for a logarithmic scale; null where there are none. */
export function bounds(values, { positive = false, skip = null } = {}) {
  let [lower, upper] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === null || !(value - value === 0) || (positive && value <= 0) || (skip && skip[index] < 0)) continue;
    if (value < lower) lower = value;
    if (value > upper) upper = value;
  }
  return lower <= upper ? [lower, upper] : null;
}

/** Whether values lie on both sides of zero so that the sign is what matters. */
export function isSigned([lower, upper]) {
  return lower < 0 && upper > 0 && Math.min(-lower, upper) >= 0.1 * Math.max(-lower, upper);
}

/** Ends that have a width. */
export function widened([lower, upper]) {
  const size = Math.max(Math.abs(lower), Math.abs(upper));
  if (upper - lower > size * 2.5e-7) return [lower, upper];
  const room = size < 1e-300 ? 1 : size * 0.05;
  return [lower - room, upper + room];
}
