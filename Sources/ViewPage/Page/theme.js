// Colours of the page for what is drawn on canvases, and the colour maps of the figures.

export const maps = new Map();

export function setMaps(tables) {
  for (const { name, colors } of tables) {
    const table = new Uint32Array(256);
    for (let index = 0; index < 256; index++) {
      const rgb = parseInt(colors.substr(6 * index, 6), 16);
      table[index] = pixel(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }
    maps.set(name, table);
  }
}

/** A pixel in the order of ImageData, on machines that put the low byte first, as all that run browsers do. */
export function pixel(red, green, blue) { return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0; }

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ink: read('--ink'), faint: read('--faint'), line: read('--line'), grid: read('--grid'), paper: read('--paper'),
    body: read('--body'), accent: read('--accent'), font: '12px system-ui, sans-serif',
    series: [0, 1, 2, 3, 4, 5, 6].map((index) => read(`--series-${index}`)),
  };
}

/** A canvas of the given size, sharp on every screen. */
export function prepare(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, ratio };
}
