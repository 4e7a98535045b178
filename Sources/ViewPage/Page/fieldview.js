// Fields of a file: which one, when, where, in which colours.

import * as api from './api.js';
import * as tip from './tip.js';
import { maps } from './theme.js';
import { bounds, isSigned, valueText, widened } from './scales.js';
import { center, HeatMap } from './heatmap.js';
import { LinePlot } from './lineplot.js';

const find = (id) => document.getElementById(id);
const titles = { truth: 'truth', prediction: 'prediction', error: 'error' };

export class FieldView {
  constructor() {
    this.generation = 0;
    this.look = {
      cell: null,
      probe: (cell, event) => this.probe(cell, event),
      zoom: (factor, place) => this.zoom(factor, place),
      pan: (u, v) => this.pan(u, v),
    };
    this.element = find('panels');
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Another file, or the same one written anew: what can be kept of the choices is kept. */
  open(file, version, about, wanted = {}) {
    Object.assign(this, { file, version, about, view: null });
    this.look.cell = null;
    find('reset').hidden = true;
    this.stop();
    const before = this.choice ?? {};
    const has = (name) => about.fields.some((field) => field.name === name);
    const fallback = about.fields.find((field) => field.name === 'density') ?? about.fields[0];
    const field = [wanted.field, before.field, fallback?.name].find(has);
    const samples = about.samples.map((sample) => sample.number);
    this.choice = {
      field,
      time: clamp(Number(wanted.time ?? before.time ?? about.times.length - 1), 0, Math.max(0, about.times.length - 1)),
      sample: [Number(wanted.sample), before.sample, samples[0]].find((number) => samples.includes(number)) ?? 0,
      slice: wanted.slice ?? before.slice ?? 'z',
      layer: 0,
      colors: wanted.colors ?? before.colors ?? '',
      range: before.range ?? 'auto',
      ends: before.ends ?? [0, 1],
      log: wanted.log === '1' || (before.log ?? false),
      outline: before.outline ?? true,
    };
    this.choice.layer = clamp(Number(wanted.layer ?? Math.floor(this.layers() / 2)), 0, Math.max(0, this.layers() - 1));
    const parts = about.parts.length > 0 ? about.parts : [''];
    this.panels = parts.map(() => (this.isLine() ? new LinePlot(tip) : new HeatMap(this.look)));
    this.element.replaceChildren(...this.panels.map((panel) => panel.element ?? panel.canvas));
    this.element.dataset.count = parts.length;
  }

  isLine() { return this.about.axes.length === 1; }

  /** Cells across the slice. */
  layers() {
    const axis = this.about.axes.find((axis) => axis.name === this.choice.slice);
    return this.about.axes.length === 3 && axis ? axis.faces.length - 1 : 1;
  }

  /** The axes of the picture. */
  plane() {
    const axes = this.about.axes;
    return axes.length === 3 ? axes.filter((axis) => axis.name !== this.choice.slice) : axes;
  }

  query(part, time = this.choice.time) {
    const { field, sample, slice, layer } = this.choice;
    return { file: this.file, name: field, time, sample, part, slice, layer };
  }

  /** Fetches and draws what is chosen; a later call overtakes an earlier one. */
  async show() {
    const generation = ++this.generation;
    const parts = this.about.parts.length > 0 ? this.about.parts : [''];
    const [body, ...planes] = await Promise.all([
      this.about.hasBody ? api.plane('body', { ...this.query(''), name: '' }, this.version) : null,
      ...parts.map((part) => api.plane('field', this.query(part), this.version)),
    ]);
    const range = this.choice.range === 'all' ? await this.rangeOfAllTimes() : null;
    if (generation !== this.generation) return false;
    this.arrange(parts, planes, body, range);
    this.draw();
    return true;
  }

  async rangeOfAllTimes() {
    const query = { ...this.query(this.about.parts[0] ?? ''), time: 0 };
    const key = `${this.version} ${new URLSearchParams(query)}`;
    if (this.known?.key !== key) this.known = { key, ends: await api.json('range', query) };
    return this.known.ends.length === 2 ? this.known.ends : null;
  }

  /** Ends, colours and titles of the panels. */
  arrange(parts, planes, body, known) {
    const { choice, about } = this;
    const field = about.fields.find((field) => field.name === choice.field);
    const skip = body?.values ?? null;
    const own = planes.map((plane) => bounds(plane.values, { positive: choice.log, skip }));
    const joint = known ?? merged(own.filter((ends, index) => ends && parts[index] !== 'error')) ?? [0, 1];
    this.data = parts.map((part, index) => {
      const isError = part === 'error';
      let ends = isError ? own[index] ?? [0, 1] : choice.range === 'fixed' ? choice.ends : joint;
      const log = choice.log && !isError && ends[1] > 0;
      const signed = !log && (isError || isSigned(ends));
      if (choice.range !== 'fixed' || isError) ends = log ? logEnds(ends) : signed ? symmetric(ends) : widened(ends);
      if (!isError && choice.range !== 'fixed') choice.ends = ends;
      const name = isError ? 'coolwarm' : choice.colors || field.colors || (signed ? 'coolwarm' : 'viridis');
      return { part, plane: planes[index], body, log: log && ends[0] > 0, range: ends, map: maps.get(name) ?? maps.get('viridis') };
    });
    const [horizontal, vertical] = this.plane();
    this.panels.forEach((panel, index) => {
      const { part, plane, log, range, map } = this.data[index];
      const title = part === 'error' ? `error: ${this.relativeError()}` : titles[part] ?? '';
      if (this.isLine()) {
        const centers = horizontal.faces.slice(1).map((face, cell) => (horizontal.faces[cell] + face) / 2);
        const margin = log ? 0 : 0.05 * (range[1] - range[0]);
        panel.show({
          x: { label: horizontal.name, values: centers }, log, range: [range[0] - margin, range[1] + margin],
          curves: [{ label: title ? `${field.label}, ${title}` : field.label, values: Array.from(plane.values) }],
        });
      } else {
        const label = part === 'error' ? `${field.label}, error` : field.label;
        panel.show({ plane, body, horizontal, vertical, map, range, log, label, title, showsBody: choice.outline });
      }
    });
  }

  /** ‖prediction − truth‖₂ / ‖truth‖₂ of what is shown, outside of bodies. */
  relativeError() {
    const [truth, , error] = this.data.map(({ plane }) => plane.values);
    const skip = this.data[0].body?.values;
    let [above, below] = [0, 0];
    for (let index = 0; index < truth.length; index++) {
      if (skip && skip[index] < 0) continue;
      above += error[index] ** 2;
      below += truth[index] ** 2;
    }
    return below > 0 ? `${(100 * Math.sqrt(above / below)).toPrecision(3)} % (relative L2)` : 'prediction − truth';
  }

  draw() {
    if (!this.data) return;
    const width = this.element.clientWidth;
    if (width === 0) return;
    const columns = this.panels.length > 1 && width > 760 ? this.panels.length : 1;
    const each = Math.floor((width - 12 * (columns - 1)) / columns);
    const tall = Math.max(320, innerHeight - this.element.getBoundingClientRect().top - scrollY - 84);
    for (const panel of this.panels) {
      if (this.isLine()) panel.draw(Math.min(520, tall)); else panel.draw(each, tall, this.view);
    }
  }

  // MARK: Probe

  probe(cell, event) {
    this.look.cell = cell;
    this.draw();
    if (!cell) { tip.hide(); return; }
    const rows = this.readings(cell);
    if (event) tip.show(rows, event);
  }

  readings(cell) {
    const axes = this.plane();
    const rows = axes.map((axis, index) => [axis.name, valueText(center(axis.faces, cell[index]))]);
    this.panels.forEach((panel, index) => {
      const value = panel.valueAt(cell);
      rows.push([titles[this.data[index].part] ?? 'value', value === null ? 'body' : valueText(value)]);
    });
    return rows;
  }

  /** Moves the probe by cells, as the keyboard does. */
  moveProbe(u, v) {
    if (!this.data || this.isLine()) return;
    const [horizontal, vertical] = this.plane().map((axis) => axis.faces.length - 1);
    const [column, row] = this.look.cell ?? [Math.floor(horizontal / 2), Math.floor(vertical / 2)];
    this.look.cell = [clamp(column + u, 0, horizontal - 1), clamp(row + v, 0, vertical - 1)];
    this.draw();
    const { left, top } = this.panels[0].canvas.getBoundingClientRect();
    const rows = this.readings(this.look.cell);
    tip.show(rows, { clientX: left + 60, clientY: top + 20 });
    tip.say(rows.map((row) => row.join(' ')).join(', '));
  }

  // MARK: Zoom

  /** Zooms about a place; 0 goes back to the whole domain. */
  zoom(factor, place) {
    if (!this.data || this.isLine()) return;
    if (factor === 0) { this.view = null; } else {
      const [x0, x1, y0, y1] = this.view ?? this.panels[0].whole();
      const [x, y] = place ?? [(x0 + x1) / 2, (y0 + y1) / 2];
      this.view = this.within([x + (x0 - x) / factor, x + (x1 - x) / factor, y + (y0 - y) / factor, y + (y1 - y) / factor]);
    }
    find('reset').hidden = this.view === null;
    this.draw();
  }

  pan(u, v) {
    if (!this.view) return;
    const [x0, x1, y0, y1] = this.view;
    this.view = this.within([x0 + u * (x1 - x0), x1 + u * (x1 - x0), y0 + v * (y1 - y0), y1 + v * (y1 - y0)]);
    this.draw();
  }

  /** A window that stays in the domain; nil where it would be all of it. */
  within([x0, x1, y0, y1]) {
    const whole = this.panels[0].whole();
    if (x1 - x0 >= whole[1] - whole[0]) return null;
    const move = (lower, upper, least, most) => {
      const shift = Math.max(least - lower, 0) + Math.min(most - upper, 0);
      return [lower + shift, upper + shift];
    };
    return [...move(x0, x1, whole[0], whole[1]), ...move(y0, y1, whole[2], whole[3])];
  }

  // MARK: Time

  /** Plays from the present time on, from the first one after the last. */
  play(perSecond, stepped) {
    this.stop();
    const run = { next: null };
    this.playing = run;
    const advance = async () => {
      const started = performance.now();
      this.choice.time = (this.choice.time + 1) % this.about.times.length;
      await stepped();
      if (this.playing !== run) return;
      this.prefetch();
      run.next = setTimeout(advance, Math.max(0, 1000 / perSecond() - (performance.now() - started)));
    };
    run.next = setTimeout(advance, 0);
  }

  stop() {
    clearTimeout(this.playing?.next);
    this.playing = null;
  }

  /** Asks for the picture that follows, so that it is there when its time comes. */
  prefetch() {
    const next = (this.choice.time + 1) % Math.max(1, this.about.times.length);
    for (const part of this.about.parts.length > 0 ? this.about.parts : ['']) {
      api.plane('field', this.query(part, next), this.version).catch(() => {});
    }
    if (this.about.hasBody) api.plane('body', { ...this.query('', next), name: '' }, this.version).catch(() => {});
  }
}

function clamp(value, lower, upper) { return Math.min(Math.max(Number.isFinite(value) ? value : upper, lower), upper); }

function merged(list) {
  return list.length === 0 ? null : [Math.min(...list.map((ends) => ends[0])), Math.max(...list.map((ends) => ends[1]))];
}

function symmetric([lower, upper]) {
  const reach = Math.max(-lower, upper, 1e-30);
  return [-reach, reach];
}

/** At most twelve decades: what lies lower is noise. */
function logEnds([lower, upper]) {
  const least = lower > 0 ? lower : upper * 1e-6;
  return upper / least > 1.0001 ? [Math.max(least, upper * 1e-12), upper] : [least / 2, upper * 2];
}
