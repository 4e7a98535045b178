// Curves over a common axis, with their names, and values on hover.

import { prepare, theme } from './theme.js';
import { bounds, logTicks, tickText, ticks, valueText, widened } from './scales.js';

export class LinePlot {
  /** `curves` are lists of { label, values }; `x` is { label, values }. */
  constructor(tip) {
    this.tip = tip;
    this.element = document.createElement('figure');
    this.element.className = 'plot';
    this.caption = document.createElement('figcaption');
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.element.append(this.caption, this.canvas);
    this.canvas.addEventListener('pointermove', (event) => this.point(event.offsetX, event));
    this.canvas.addEventListener('pointerdown', (event) => this.point(event.offsetX, event));
    this.canvas.addEventListener('pointerleave', () => { this.index = null; tip.hide(); this.draw(); });
    this.canvas.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !event.shiftKey || !this.x) return;
      event.preventDefault();
      event.stopPropagation();
      this.index = Math.min(Math.max((this.index ?? 0) + step, 0), this.x.values.length - 1);
      this.draw();
      this.tip.say(this.text());
    });
  }

  show({ x, curves, log, range }) {
    Object.assign(this, { x, curves, log, range });
    if (this.index >= x.values.length) this.index = null;
    this.caption.replaceChildren(...curves.map((curve, number) => {
      const name = document.createElement('span');
      name.className = `curve curve-${number % 7}`;
      name.textContent = curve.label;
      return name;
    }));
    this.canvas.setAttribute('aria-label', `${curves.map((curve) => curve.label).join(', ')} over ${x.label}`);
  }

  /** Draws as wide as the page lets it; of the given height. */
  draw(height = this.wanted ?? 260) {
    if (!this.x) return;
    this.wanted = height;
    const width = Math.max(120, this.element.clientWidth - 24);
    const { context } = prepare(this.canvas, width, height);
    const colors = theme();
    const positive = this.log && this.curves.some((curve) => bounds(curve.values, { positive: true }));
    const plot = { left: 62, top: 8, width: width - 76, height: height - 50 };
    const [x0, x1] = widened(bounds(this.x.values) ?? [0, 1]);
    const [y0, y1] = this.range ?? this.limits(positive);
    const place = {
      x: (value) => plot.left + ((value - x0) / (x1 - x0)) * plot.width,
      y: positive
        ? (value) => plot.top + plot.height - (Math.log(value / y0) / Math.log(y1 / y0)) * plot.height
        : (value) => plot.top + plot.height - ((value - y0) / (y1 - y0)) * plot.height,
    };
    Object.assign(this, { plot, place, ends: [x0, x1] });
    this.drawFrame(context, colors, [x0, x1, y0, y1], positive);
    this.drawCurves(context, colors, positive);
    this.drawPoint(context, colors, positive);
  }

  limits(positive) {
    const all = this.curves.map((curve) => bounds(curve.values, { positive })).filter(Boolean);
    if (all.length === 0) return [0, 1];
    const ends = widened([Math.min(...all.map((ends) => ends[0])), Math.max(...all.map((ends) => ends[1]))]);
    if (positive) {
      const room = (Math.max(ends[1] / all[0][0], 1.5)) ** 0.05;
      return [Math.min(...all.map((ends) => ends[0])) / room, ends[1] * room];
    }
    const room = 0.05 * (ends[1] - ends[0]);
    return [ends[0] - room, ends[1] + room];
  }

  drawFrame(context, colors, [x0, x1, y0, y1], positive) {
    const { plot, place } = this;
    context.font = colors.font;
    context.lineWidth = 1;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const count = Math.max(2, plot.height / 45);
    const yTicks = positive ? logTicks(y0, y1, count) : ticks(y0, y1, count);
    for (const value of yTicks) {
      const y = Math.round(place.y(value)) + 0.5;
      line(context, colors.grid, [plot.left, y], [plot.left + plot.width, y]);
      context.fillStyle = colors.ink;
      context.fillText(tickText(value, positive ? value : yTicks[1] - yTicks[0]), plot.left - 7, y);
    }
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const xTicks = ticks(x0, x1, Math.max(2, plot.width / 80));
    for (const value of xTicks) {
      const x = Math.round(place.x(value)) + 0.5;
      line(context, colors.grid, [x, plot.top], [x, plot.top + plot.height]);
      context.fillStyle = colors.ink;
      context.fillText(tickText(value, xTicks[1] - xTicks[0]), x, plot.top + plot.height + 6);
    }
    context.strokeStyle = colors.line;
    context.strokeRect(plot.left + 0.5, plot.top + 0.5, plot.width, plot.height);
    context.fillStyle = colors.faint;
    context.fillText(this.x.label, plot.left + plot.width / 2, plot.top + plot.height + 25);
  }

  drawCurves(context, colors, positive) {
    const { plot, place } = this;
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top - 2, plot.width, plot.height + 4);
    context.clip();
    context.lineWidth = 1.8;
    context.lineJoin = 'round';
    this.curves.forEach((curve, number) => {
      context.strokeStyle = context.fillStyle = colors.series[number % 7];
      context.beginPath();
      let isOpen = false;
      this.x.values.forEach((x, index) => {
        const y = curve.values[index];
        if (x === null || y === null || y === undefined || y - y !== 0 || (positive && y <= 0)) { isOpen = false; return; }
        const [px, py] = [place.x(x), place.y(y)];
        if (curve.dots) { context.moveTo(px + 1.8, py); context.arc(px, py, 1.8, 0, 2 * Math.PI); return; }
        if (isOpen) context.lineTo(px, py); else context.moveTo(px, py);
        isOpen = true;
      });
      if (curve.dots) { context.globalAlpha = 0.55; context.fill(); context.globalAlpha = 1; } else context.stroke();
    });
    context.restore();
  }

  drawPoint(context, colors, positive) {
    if (this.index === null || this.index === undefined) return;
    const x = this.place.x(this.x.values[this.index]);
    line(context, colors.faint, [x, this.plot.top], [x, this.plot.top + this.plot.height]);
    this.curves.forEach((curve, number) => {
      const value = curve.values[this.index];
      if (value === null || value - value !== 0 || (positive && value <= 0)) return;
      context.fillStyle = colors.series[number % 7];
      context.beginPath();
      context.arc(x, this.place.y(value), 4, 0, 2 * Math.PI);
      context.fill();
    });
  }

  point(offsetX, event) {
    if (!this.plot) return;
    const [x0, x1] = this.ends;
    const value = x0 + ((offsetX - this.plot.left) / this.plot.width) * (x1 - x0);
    let best = null;
    this.x.values.forEach((x, index) => {
      if (x !== null && (best === null || Math.abs(x - value) < Math.abs(this.x.values[best] - value))) best = index;
    });
    this.index = best;
    this.draw();
    if (best !== null) this.tip.show(this.lines(), event);
  }

  lines() {
    return [[this.x.label, valueText(this.x.values[this.index])]].concat(
      this.curves.map((curve) => [curve.label, valueText(curve.values[this.index])]));
  }

  text() { return this.lines().map((line) => line.join(' ')).join(', '); }
}

function line(context, color, from, to) {
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Columns that belong into one picture: losses, components of one vector, a cost and its best. */
export function grouped(columns) {
  const groups = new Map();
  for (const column of columns) {
    const key = /loss$/.test(column.name) ? 'loss' : /^(cost|best)$/.test(column.name) ? 'cost'
      : column.name.replace(/_[xyz]$/, '');
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  return [...groups.entries()].sort(([a], [b]) => rank(a) - rank(b));
}

/** What people look for comes first, what only counts comes last. */
function rank(key) {
  return /loss|cost|value/.test(key) ? 0 : /relative/.test(key) ? 1 : /^(step|seconds|wall_seconds|dt|fallback_faces|limited_faces)$/.test(key) ? 3 : 2;
}
