// The page: files, tabs, controls, keys.

import * as api from './api.js';
import * as tip from './tip.js';
import { FieldView } from './fieldview.js';
import { bounds, valueText } from './scales.js';
import { grouped, LinePlot } from './lineplot.js';
import { setMaps } from './theme.js';

const find = (id) => document.getElementById(id);
const view = new FieldView();
const names = { field: 'Fields', series: 'Curves', figures: 'Figures', page: 'Notebook', facts: 'Facts' };
let files = [];
let about = null;
let tab = null;
let plots = [];
const place = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

// MARK: Opening

async function start() {
  const [list, tables] = await Promise.all([api.json('files'), api.json('colors')]);
  files = list;
  setMaps(tables);
  fill(find('file'), files.map((file, number) => [number, file.name]));
  fill(find('colors'), [['', 'as suits the field'], ...tables.map(({ name }) => [name, name])]);
  find('files').hidden = files.length < 2;
  const number = Number(place.file ?? 0);
  find('file').value = number < files.length ? number : 0;
  await open(place);
  api.listen(async (number) => {
    files[number].version += 1;
    if (number === Number(find('file').value)) await open({ tab, refreshed: true });
  });
  document.body.dataset.ready = 'true';
}

async function open(wanted = {}) {
  const number = Number(find('file').value);
  about = await api.json('describe', { file: number });
  document.title = `${about.title} – Hugoniot`;
  find('title').textContent = about.title;
  tell(about.note);
  const available = [
    about.fields.length > 0 && 'field', about.series.length > 0 && 'series', about.figures.length > 0 && 'figures',
    about.isPage && 'page', about.facts.length > 0 && 'facts',
  ].filter(Boolean);
  showTabs(available);
  find('live').hidden = !['training', 'calibrating'].includes(about.kind);
  if (about.fields.length > 0) {
    view.open(number, files[number].version, about, wanted);
    showControls();
  }
  showSeriesChoice(wanted.series);
  showFigureChoice(wanted.figure);
  showFacts();
  if (about.isPage) find('page').src = api.address('page', { file: number });
  await select(available.includes(wanted.tab) ? wanted.tab : available[0]);
}

function showTabs(available) {
  find('tabs').replaceChildren(...available.map((name) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', id: `tab-${name}`, textContent: names[name] });
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', `panel-${name}`);
    button.addEventListener('click', () => select(name));
    return button;
  }));
}

async function select(name) {
  tab = name;
  for (const button of find('tabs').children) {
    const isChosen = button.id === `tab-${name}`;
    button.setAttribute('aria-selected', isChosen);
    button.tabIndex = isChosen ? 0 : -1;
  }
  for (const panel of find('main').children) panel.hidden = panel.id !== `panel-${name}`;
  tip.hide();
  remember();
  if (name === 'field') await refresh();
  if (name === 'series') await showSeries();
  if (name === 'figures') showFigure();
}

function tell(text) {
  find('note').hidden = !text;
  find('note').textContent = text ?? '';
}

// MARK: Fields

function showControls() {
  const { choice } = view;
  const groups = new Map();
  for (const field of about.fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  find('field').replaceChildren(...[...groups].map(([label, fields]) => {
    const group = document.createElement('optgroup');
    group.label = label;
    fill(group, fields.map((field) => [field.name, field.label]));
    return group;
  }));
  find('field').value = choice.field;
  find('transport').hidden = about.times.length < 2;
  find('time').max = Math.max(0, about.times.length - 1);
  find('sample-row').hidden = about.samples.length === 0;
  fill(find('sample'), about.samples.map(({ number, label }) => [number, label ? `${number} · ${label}` : number]));
  find('sample').value = choice.sample;
  find('slice-row').hidden = about.axes.length < 3;
  find('slice').value = choice.slice;
  find('layer').max = view.layers() - 1;
  find('colors').value = choice.colors;
  find('colors-row').hidden = about.axes.length < 2;
  find('range').value = choice.range;
  find('range').querySelector('[value=all]').disabled = about.times.length < 2;
  find('log').checked = choice.log;
  find('outline-row').hidden = !about.hasBody || about.axes.length < 2;
}

/** Shows what is chosen, and measures how long that takes until it is drawn. */
async function refresh(since = performance.now()) {
  const { choice } = view;
  find('time').value = choice.time;
  find('layer').value = choice.layer;
  showClock();
  try {
    if (!(await view.show())) return;
    tell(about.note);
  } catch (error) {
    view.stop();
    showPlaying();
    tell(error.message);
    return;
  }
  const [lower, upper] = choice.ends;
  if (choice.range !== 'fixed') [find('lower').value, find('upper').value] = [lower, upper].map((end) => Number(end.toPrecision(5)));
  for (const id of ['lower', 'upper']) find(id).disabled = choice.range !== 'fixed';
  remember();
  // What was drawn is seen once the next frame is on the screen.
  requestAnimationFrame(() => setTimeout(() => {
    document.body.dataset.milliseconds = (performance.now() - since).toFixed(1);
  }));
}

function showClock() {
  const { choice } = view;
  const time = about.times[choice.time];
  if (time !== undefined) {
    find('clock').textContent = `t = ${valueText(time)} (${choice.time + 1}/${about.times.length})`;
    find('time').setAttribute('aria-valuetext', `time ${valueText(time)}`);
  }
  find('sample-label').textContent = about.samples.find(({ number }) => number === choice.sample)?.label ?? '';
  const axis = about.axes.find(({ name }) => name === choice.slice);
  if (about.axes.length === 3 && axis) {
    const middle = (axis.faces[choice.layer] + axis.faces[choice.layer + 1]) / 2;
    find('layer-label').textContent = `${choice.slice} = ${valueText(middle)}`;
    find('layer').setAttribute('aria-valuetext', find('layer-label').textContent);
  }
}

function step(time) {
  stop();
  const last = about.times.length - 1;
  view.choice.time = Math.min(Math.max(time, 0), Math.max(0, last));
  return refresh();
}

function stepSample(by) {
  const numbers = about.samples.map(({ number }) => number);
  const next = numbers[numbers.indexOf(view.choice.sample) + by];
  if (next === undefined) return;
  find('sample').value = view.choice.sample = next;
  refresh();
}

function stepField(by) {
  const all = about.fields.map(({ name }) => name);
  find('field').value = view.choice.field = all[(all.indexOf(view.choice.field) + by + all.length) % all.length];
  refresh();
}

function stop() {
  view.stop();
  showPlaying();
}

function toggle() {
  if (about.times.length < 2) return;
  if (view.playing) { stop(); return; }
  view.play(() => parseFloat(find('speed').value), refresh);
  showPlaying();
}

function showPlaying() {
  find('play').setAttribute('aria-pressed', Boolean(view.playing));
  find('play').setAttribute('aria-label', view.playing ? 'Pause' : 'Play');
}

/** A control changes one choice. */
function choose(id, event, change) {
  find(id).addEventListener(event, (happened) => {
    change(find(id), happened);
    refresh();
  });
}

choose('field', 'change', ({ value }) => { view.choice.field = value; });
choose('sample', 'change', ({ value }) => { view.choice.sample = Number(value); });
choose('colors', 'change', ({ value }) => { view.choice.colors = value; });
choose('range', 'change', ({ value }) => { view.choice.range = value; });
choose('log', 'change', ({ checked }) => { view.choice.log = checked; });
choose('outline', 'change', ({ checked }) => { view.choice.outline = checked; });
choose('layer', 'input', ({ value }) => { view.choice.layer = Number(value); });
choose('slice', 'change', ({ value }) => {
  view.choice.slice = value;
  view.choice.layer = Math.floor(view.layers() / 2);
  view.zoom(0);
  find('layer').max = view.layers() - 1;
});
for (const id of ['lower', 'upper']) {
  choose(id, 'change', () => {
    const ends = ['lower', 'upper'].map((id) => find(id).valueAsNumber);
    if (ends[0] < ends[1]) view.choice.ends = ends;
  });
}
find('time').addEventListener('input', () => step(Number(find('time').value)));
find('first').addEventListener('click', () => step(0));
find('back').addEventListener('click', () => step(view.choice.time - 1));
find('forward').addEventListener('click', () => step(view.choice.time + 1));
find('play').addEventListener('click', toggle);
find('sample-back').addEventListener('click', () => stepSample(-1));
find('sample-forward').addEventListener('click', () => stepSample(1));
find('reset').addEventListener('click', () => view.zoom(0));
find('file').addEventListener('change', () => open());

// MARK: Curves, figures, facts

function showSeriesChoice(wanted) {
  fill(find('series'), about.series.map(({ name, label }) => [name, label]));
  if (about.series.some(({ name }) => name === wanted)) find('series').value = wanted;
}

async function showSeries() {
  const name = find('series').value;
  try {
    const columns = await api.json('series', { file: find('file').value, name });
    const [x, ...others] = columns;
    const groups = x ? grouped(others.filter(({ values }) => values.some((value) => value !== null))) : [];
    plots = groups.map(([key, columns], index) => {
      const plot = plots[index] ?? new LinePlot(tip);
      const isSearch = name === 'search' && key !== 'cost';
      plot.show({
        x, log: find('series-log').checked || spansDecades(key, columns),
        curves: columns.map((column) => ({ ...column, dots: isSearch || column.name === 'cost' })),
      });
      return plot;
    });
    find('plots').replaceChildren(...plots.map(({ element }) => element));
    tell(groups.length === 0 ? 'There are no rows yet.' : about.note);
    drawSeries();
  } catch (error) { tell(error.message); }
  remember();
}

/** Losses and costs fall by orders of magnitude. */
function spansDecades(key, columns) {
  if (!/loss|cost|value|relative|learning_rate/.test(key)) return false;
  const ends = columns.map(({ values }) => bounds(values)).filter(Boolean);
  return ends.length > 0 && ends.every(([lower, upper]) => lower > 0 && upper / lower > 8);
}

function drawSeries() { if (tab === 'series') plots.forEach((plot) => plot.draw(plots.length === 1 ? 420 : 250)); }

function showFigureChoice(wanted) {
  fill(find('figure'), about.figures.map((name) => [name, name]));
  if (about.figures.includes(wanted)) find('figure').value = wanted;
}

function showFigure() {
  const name = find('figure').value;
  const file = Number(find('file').value);
  find('picture').src = api.address('figure', { file, name, version: files[file].version });
  find('picture').alt = `${name} of ${about.title}`;
  remember();
}

function showFacts() {
  find('facts').replaceChildren(...about.facts.flatMap(({ label, value }) => {
    const [name, text] = [document.createElement('dt'), document.createElement('dd')];
    name.textContent = label;
    const content = value.includes('\n') ? document.createElement('pre') : document.createElement('span');
    content.textContent = value;
    text.append(content);
    return [name, text];
  }));
}

find('series').addEventListener('change', () => { plots = []; showSeries(); });
find('series-log').addEventListener('change', showSeries);
find('figure').addEventListener('change', showFigure);
new ResizeObserver(drawSeries).observe(find('plots'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { view.draw(); drawSeries(); });

// MARK: Keys

document.addEventListener('keydown', (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || about === null) return;
  if (target.getAttribute('role') === 'tab') return moveTab(event);
  const isTyping = target.matches('input[type=number], select');
  const isSliding = target.matches('input[type=range]');
  if (tab !== 'field' || isTyping) return;
  const probe = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (event.shiftKey && probe) { event.preventDefault(); view.moveProbe(...probe); return; }
  const { time } = view.choice;
  const actions = {
    ArrowLeft: () => !isSliding && step(time - 1), ArrowRight: () => !isSliding && step(time + 1),
    Home: () => !isSliding && step(0), End: () => !isSliding && step(about.times.length - 1),
    ' ': () => !target.matches('button, summary, input[type=checkbox]') && (toggle(), true),
    '[': () => (stepSample(-1), true), ']': () => (stepSample(1), true),
    f: () => (stepField(1), true), F: () => (stepField(-1), true),
    l: () => (find('log').click(), true), '+': () => (view.zoom(1.25), true), '=': () => (view.zoom(1.25), true),
    '-': () => (view.zoom(0.8), true), 0: () => (view.zoom(0), true), Escape: () => (view.probe(null), true),
  };
  if (actions[event.key]?.()) event.preventDefault();
});

function moveTab(event) {
  const buttons = [...find('tabs').children];
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
  next.focus();
  next.click();
}

// MARK: Small things

function fill(select, options) {
  select.replaceChildren(...options.map(([value, label]) => {
    const option = document.createElement('option');
    Object.assign(option, { value, textContent: label });
    return option;
  }));
}

/** The address tells what is shown, so that it survives a reload. */
function remember() {
  const { choice } = view;
  const parts = { file: find('file').value, tab };
  if (tab === 'field' && choice) Object.assign(parts, { field: choice.field, time: choice.time, sample: choice.sample, slice: choice.slice, layer: choice.layer });
  if (tab === 'series') parts.series = find('series').value;
  if (tab === 'figures') parts.figure = find('figure').value;
  history.replaceState(null, '', `#${new URLSearchParams(parts)}`);
}

start().catch((error) => tell(error.message));
