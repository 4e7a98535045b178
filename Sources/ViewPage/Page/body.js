// Bodies as areas: where a signed distance is negative, with the outline at zero between the cells' centres.

/** Two paths in the coordinates of the axes: the area and its outline. */
export function outline(distance, horizontal, vertical) {
  const [x, y] = [points(horizontal), points(vertical)];
  const { width, height, values } = distance;
  const at = (column, row) =>
    values[Math.min(Math.max(row - 1, 0), height - 1) * width + Math.min(Math.max(column - 1, 0), width - 1)];
  const [area, line] = [new Path2D(), new Path2D()];
  for (let row = 0; row + 1 < y.length; row++) {
    let start = -1;
    for (let column = 0; column + 1 < x.length; column++) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
      const inside = corners.filter((value) => value < 0).length;
      if (inside === 4) {
        if (start < 0) start = column;
        continue;
      }
      if (start >= 0) area.rect(x[start], y[row], x[column] - x[start], y[row + 1] - y[row]);
      start = -1;
      if (inside > 0) {
        cut(area, line, corners, [[x[column], y[row]], [x[column + 1], y[row]], [x[column + 1], y[row + 1]], [x[column], y[row + 1]]]);
      }
    }
    if (start >= 0) area.rect(x[start], y[row], x[x.length - 1] - x[start], y[row + 1] - y[row]);
  }
  return { area, line };
}

/** Centres of cells, and the ends of the axis. */
function points(faces) {
  const result = [faces[0]];
  for (let cell = 0; cell + 1 < faces.length; cell++) result.push((faces[cell] + faces[cell + 1]) / 2);
  result.push(faces[faces.length - 1]);
  return result;
}

/** The part of a rectangle where linear interpolation along its sides is negative. */
function cut(area, line, corners, places) {
  const shape = [];
  const crossings = [];
  for (let side = 0; side < 4; side++) {
    const next = (side + 1) % 4;
    if (corners[side] < 0) shape.push(places[side]);
    if (corners[side] < 0 === corners[next] < 0) continue;
    const share = corners[side] / (corners[side] - corners[next]);
    const place = [0, 1].map((axis) => places[side][axis] + share * (places[next][axis] - places[side][axis]));
    shape.push(place);
    crossings.push(place);
  }
  area.moveTo(...shape[0]);
  for (const place of shape.slice(1)) area.lineTo(...place);
  area.closePath();
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    line.moveTo(...crossings[index]);
    line.lineTo(...crossings[index + 1]);
  }
}

/** The field for drawing: inside of bodies nothing, but beside the wall, where a corner of a cell sticks out of the
 * outline, the mean of what is around it. */
export function uncovered(plane, distance) {
  if (!distance) return plane.values;
  const { width, height } = plane;
  const [source, shown] = [plane.values, plane.values.slice()];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const index = row * width + column;
      if (!(distance.values[index] < 0)) continue;
      let [sum, count] = [0, 0];
      for (let j = Math.max(row - 1, 0); j <= Math.min(row + 1, height - 1); j++) {
        for (let i = Math.max(column - 1, 0); i <= Math.min(column + 1, width - 1); i++) {
          const value = source[j * width + i];
          if (distance.values[j * width + i] >= 0 && value - value === 0) { sum += value; count += 1; }
        }
      }
      shown[index] = count > 0 ? sum / count : Infinity;
    }
  }
  return shown;
}
