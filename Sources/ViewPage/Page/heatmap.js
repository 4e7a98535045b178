// One field on a plane of cells: pixels, bodies, axes, colour bar, probe.

import { pixel, prepare, theme } from './theme.js';
import { logTicks, tickText, ticks } from './scales.js';
import { outline, uncovered } from './body.js';

const bad = pixel(255, 0, 255);

export class HeatMap {
  /** `look` tells where a person looks: `probe` (column, row or null), `zoom` and `pan`. */
  constructor(look) {
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.look = look;
    this.outlines = { of: null };
    this.listen();
  }

  /** Everything that is drawn: plane, body, horizontal and vertical axes, map, range, log, label, title. */
  show(content) {
    const isSame = this.content && this.content.plane === content.plane && this.content.body === content.body;
    this.shown = isSame ? this.shown : uncovered(content.plane, content.body);
    this.content = content;
    const { plane, label, title, range } = content;
    this.canvas.setAttribute(
      'aria-label',
      `${title ? `${title}: ` : ''}${label}, ${plane.width} by ${plane.height} cells, from ${range[0]} to ${range[1]}`);
  }

  /** Draws into a box of this width and at most this height. */
  draw(width, height, view) {
    if (!this.content) return;
    this.view = view ?? this.whole();
    this.place(width, height);
    const { context, ratio } = prepare(this.canvas, width, this.height);
    const colors = theme();
    this.drawPixels(context, ratio, colors);
    this.drawBodies(context, colors);
    this.drawAxes(context, colors);
    this.drawBar(context, ratio, colors);
    this.drawProbe(context, colors);
  }

  whole() {
    const { horizontal, vertical } = this.content;
    return [horizontal.faces[0], horizontal.faces.at(-1), vertical.faces[0], vertical.faces.at(-1)];
  }

  /** Where the picture and its bar are. */
  place(width, height) {
    const [x0, x1, y0, y1] = this.view;
    const aspect = (y1 - y0) / (x1 - x0);
    this.barBelow = width < 520 || aspect < 0.4;
    const margin = { left: 54, right: this.barBelow ? 14 : 96, top: this.content.title ? 26 : 10, bottom: this.barBelow ? 92 : 40 };
    const room = width - margin.left - margin.right;
    const plotWidth = Math.max(40, Math.min(room, (height - margin.top - margin.bottom) / aspect));
    const left = margin.left + Math.max(0, (room - plotWidth) / 2);
    this.plot = { left, top: margin.top, width: plotWidth, height: plotWidth * aspect };
    this.height = Math.ceil(this.plot.top + this.plot.height + margin.bottom);
  }

  /** Colours pixels anew only where something has changed: a moving probe costs nothing. */
  drawPixels(context, ratio, colors) {
    const { left, top, width, height } = this.plot;
    const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    const { map, range, log } = this.content;
    const key = [columns, rows, ...this.view, ...range, log, colors.body].join();
    const known = this.pixels;
    if (!known || known.key !== key || known.shown !== this.shown || known.map !== map) {
      const image = context.createImageData(columns, rows);
      this.color(new Uint32Array(image.data.buffer), columns, rows, parsed(colors.body));
      this.pixels = { key, shown: this.shown, map, image };
    }
    context.putImageData(this.pixels.image, Math.round(left * ratio), Math.round(top * ratio));
  }

  color(pixels, columns, rows, inside) {
    const { plane, body, horizontal, vertical, map, range, log } = this.content;
    const [x0, x1, y0, y1] = this.view;
    const column = cellsAlong(horizontal.faces, x0, x1, columns);
    const row = cellsAlong(vertical.faces, y1, y0, rows);
    const [lower, upper] = log ? range.map(Math.log) : range;
    const scale = 256 / (upper - lower);
    for (let j = 0; j < rows; j++) {
      const start = row[j] * plane.width;
      const line = j * columns;
      for (let i = 0; i < columns; i++) {
        let value = this.shown[start + column[i]];
        if (value - value !== 0) {
          pixels[line + i] = value === Infinity && body ? inside : bad;
          continue;
        }
        if (log) value = value > 0 ? Math.log(value) : -1e300;
        const place = (value - lower) * scale;
        pixels[line + i] = map[place < 0 ? 0 : place > 255 ? 255 : place | 0];
      }
    }
  }

  drawBodies(context, colors) {
    const { body, horizontal, vertical, showsBody } = this.content;
    if (!body || !showsBody) return;
    if (this.outlines.of !== body) this.outlines = { of: body, ...outline(body, horizontal.faces, vertical.faces) };
    const { left, top, width, height } = this.plot;
    const [x0, x1, y0, y1] = this.view;
    const [sx, sy] = [width / (x1 - x0), height / (y1 - y0)];
    const matrix = new DOMMatrix([sx, 0, 0, -sy, left - x0 * sx, top + height + y0 * sy]);
    const [area, line] = [new Path2D(), new Path2D()];
    area.addPath(this.outlines.area, matrix);
    line.addPath(this.outlines.line, matrix);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.fillStyle = colors.body;
    context.fill(area);
    context.strokeStyle = '#1c1c1c';
    context.lineWidth = 1.2;
    context.lineCap = 'round';
    context.stroke(line);
    context.restore();
  }

  drawAxes(context, colors) {
    const { horizontal, vertical, title } = this.content;
    const { left, top, width, height } = this.plot;
    const [x0, x1, y0, y1] = this.view;
    context.font = colors.font;
    context.strokeStyle = colors.line;
    context.fillStyle = colors.ink;
    context.lineWidth = 1;
    context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
    const xTicks = ticks(x0, x1, Math.max(2, width / 80));
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const value of xTicks) {
      const x = left + ((value - x0) / (x1 - x0)) * width;
      stroke(context, x, top + height, x, top + height + 4);
      context.fillText(tickText(value, xTicks[1] - xTicks[0]), x, top + height + 6);
    }
    const yTicks = ticks(y0, y1, Math.max(2, height / 50));
    let widest = 0;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const value of yTicks) {
      const y = top + height - ((value - y0) / (y1 - y0)) * height;
      stroke(context, left - 4, y, left, y);
      const text = tickText(value, yTicks[1] - yTicks[0]);
      widest = Math.max(widest, context.measureText(text).width);
      context.fillText(text, left - 7, y);
    }
    context.fillStyle = colors.faint;
    context.textAlign = 'center';
    context.fillText(horizontal.name, left + width / 2, top + height + 29);
    context.save();
    context.translate(Math.max(8, left - widest - 18), top + height / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(vertical.name, 0, 0);
    context.restore();
    if (!title) return;
    context.fillStyle = colors.ink;
    context.font = `600 13px system-ui, sans-serif`;
    context.fillText(title, left + width / 2, top - 13);
  }

  drawBar(context, ratio, colors) {
    const { map, range, log, label } = this.content;
    const { left, top, width, height } = this.plot;
    const bar = this.barBelow
      ? { x: left, y: top + height + 44, width, height: 12 }
      : { x: left + width + 16, y: top, width: 14, height };
    const length = Math.max(2, Math.round((this.barBelow ? bar.width : bar.height) * ratio));
    const strip = this.barBelow ? context.createImageData(length, 1) : context.createImageData(1, length);
    const pixels = new Uint32Array(strip.data.buffer);
    for (let index = 0; index < length; index++) {
      const place = Math.floor((index / length) * 256);
      pixels[this.barBelow ? index : length - 1 - index] = map[place];
    }
    const thick = Math.round((this.barBelow ? bar.height : bar.width) * ratio);
    for (let offset = 0; offset < thick; offset++) {
      context.putImageData(
        strip, Math.round(bar.x * ratio) + (this.barBelow ? 0 : offset), Math.round(bar.y * ratio) + (this.barBelow ? offset : 0));
    }
    context.strokeStyle = colors.line;
    context.strokeRect(bar.x - 0.5, bar.y - 0.5, bar.width + 1, bar.height + 1);
    context.font = colors.font;
    context.fillStyle = colors.ink;
    const room = this.barBelow ? bar.width / 64 : bar.height / 44;
    const [lower, upper] = range;
    let widest = 0;
    const values = log ? logTicks(lower, upper, room) : ticks(lower, upper, Math.max(2, room));
    for (const value of values) {
      const share = log ? Math.log(value / lower) / Math.log(upper / lower) : (value - lower) / (upper - lower);
      const text = tickText(value, log ? value : values[1] - values[0]);
      if (this.barBelow) {
        context.textAlign = 'center';
        context.textBaseline = 'top';
        stroke(context, bar.x + share * bar.width, bar.y + 12, bar.x + share * bar.width, bar.y + 15);
        context.fillText(text, bar.x + share * bar.width, bar.y + 17);
      } else {
        widest = Math.max(widest, context.measureText(text).width);
        context.textAlign = 'left';
        context.textBaseline = 'middle';
        const y = bar.y + (1 - share) * bar.height;
        stroke(context, bar.x + bar.width, y, bar.x + bar.width + 4, y);
        context.fillText(text, bar.x + bar.width + 7, y);
      }
    }
    context.fillStyle = colors.faint;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    if (this.barBelow) {
      context.fillText(label, bar.x + bar.width / 2, bar.y + 40);
    } else {
      context.save();
      context.translate(bar.x + bar.width + widest + 18, bar.y + bar.height / 2);
      context.rotate(-Math.PI / 2);
      context.fillText(label, 0, 0);
      context.restore();
    }
  }

  drawProbe(context, colors) {
    const cell = this.look.cell;
    if (!cell) return;
    const { horizontal, vertical } = this.content;
    const { left, top, width, height } = this.plot;
    const [x0, x1, y0, y1] = this.view;
    const x = left + ((center(horizontal.faces, cell[0]) - x0) / (x1 - x0)) * width;
    const y = top + height - ((center(vertical.faces, cell[1]) - y0) / (y1 - y0)) * height;
    if (x < left || x > left + width || y < top || y > top + height) return;
    for (const [color, thickness] of [['#fff', 3], ['#000', 1]]) {
      context.strokeStyle = color;
      context.lineWidth = thickness;
      context.beginPath();
      context.arc(x, y, 5, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /** The cell under a place on the canvas; null beside the picture. */
  cellAt(offsetX, offsetY) {
    if (!this.plot) return null;
    const place = this.placeAt(offsetX, offsetY);
    if (!place) return null;
    const { horizontal, vertical } = this.content;
    return [cellOf(horizontal.faces, place[0]), cellOf(vertical.faces, place[1])];
  }

  placeAt(offsetX, offsetY) {
    const { left, top, width, height } = this.plot;
    const [u, v] = [(offsetX - left) / width, 1 - (offsetY - top) / height];
    if (u < 0 || u > 1 || v < 0 || v > 1) return null;
    const [x0, x1, y0, y1] = this.view;
    return [x0 + u * (x1 - x0), y0 + v * (y1 - y0)];
  }

  /** The value in a cell, and whether a body is there. */
  valueAt([column, row]) {
    const { plane, body } = this.content;
    const index = row * plane.width + column;
    return body && body.values[index] < 0 ? null : plane.values[index];
  }

  listen() {
    let drag = null;
    this.canvas.addEventListener('pointermove', (event) => {
      if (drag && event.buttons) {
        this.look.pan(((drag[0] - event.offsetX) / this.plot.width), ((event.offsetY - drag[1]) / this.plot.height));
        drag = [event.offsetX, event.offsetY];
        return;
      }
      this.look.probe(this.cellAt(event.offsetX, event.offsetY), event);
    });
    this.canvas.addEventListener('pointerdown', (event) => {
      drag = event.pointerType === 'mouse' ? [event.offsetX, event.offsetY] : null;
      this.look.probe(this.cellAt(event.offsetX, event.offsetY), event);
    });
    this.canvas.addEventListener('pointerup', () => { drag = null; });
    this.canvas.addEventListener('pointerleave', () => { drag = null; this.look.probe(null); });
    this.canvas.addEventListener('dblclick', () => this.look.zoom(0));
    this.canvas.addEventListener('wheel', (event) => {
      const place = this.plot && this.placeAt(event.offsetX, event.offsetY);
      if (!place || event.ctrlKey) return;
      event.preventDefault();
      this.look.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, place);
    }, { passive: false });
  }
}

/** For each of `count` pixels from one end to the other the cell under its middle. */
function cellsAlong(faces, from, to, count) {
  const result = new Int32Array(count);
  for (let index = 0; index < count; index++) result[index] = cellOf(faces, from + ((index + 0.5) / count) * (to - from));
  return result;
}

/** The cell that holds a coordinate: guessed as on an even grid, then sought. */
function cellOf(faces, value) {
  const last = faces.length - 2;
  let cell = Math.floor(((value - faces[0]) / (faces[last + 1] - faces[0])) * (last + 1));
  cell = Math.min(Math.max(cell, 0), last);
  while (cell > 0 && value < faces[cell]) cell--;
  while (cell < last && value >= faces[cell + 1]) cell++;
  return cell;
}

export function center(faces, cell) { return (faces[cell] + faces[cell + 1]) / 2; }

function stroke(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function parsed(color) {
  const value = parseInt(color.replace('#', ''), 16);
  return pixel(value >> 16, (value >> 8) & 255, value & 255);
}
