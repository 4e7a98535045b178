// What the page asks its server for. Planes are kept, so that stepping back costs nothing.

const kept = new Map();
const capacity = 64e6; // values, four bytes each
let count = 0;

async function ask(path, query) {
  const response = await fetch(`api/${path}?${new URLSearchParams(query)}`);
  if (response.ok) return response;
  let problem;
  try { problem = await response.json(); } catch { problem = { message: `the server answered ${response.status}` }; }
  throw new Error(problem.advice ? `${problem.message} — ${problem.advice}` : problem.message);
}

export async function json(path, query = {}) { return (await ask(path, query)).json(); }

export function address(path, query) { return `api/${path}?${new URLSearchParams(query)}`; }

/** Values on a plane of cells; null where there are none. `version` grows when the file changes. */
export function plane(path, query, version) {
  const key = `${version} ${path} ${new URLSearchParams(query)}`;
  if (kept.has(key)) {
    const known = kept.get(key);
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const answer = fetchPlane(path, query);
  kept.set(key, answer);
  answer.then(
    (plane) => { if (plane) makeRoom(plane.values.length); },
    () => kept.delete(key));
  return answer;
}

async function fetchPlane(path, query) {
  const buffer = await (await ask(path, query)).arrayBuffer();
  if (buffer.byteLength === 0) return null;
  const extents = new DataView(buffer);
  const [width, height] = [extents.getUint32(0, true), extents.getUint32(4, true)];
  return { width, height, values: new Float32Array(buffer, 8, width * height) };
}

async function makeRoom(added) {
  count += added;
  for (const [key, answer] of kept) {
    if (count <= capacity || kept.size < 4) break;
    kept.delete(key);
    count -= (await answer)?.values.length ?? 0;
  }
}

/** Calls `changed` with the number of a file whenever it is written anew. */
export function listen(changed) {
  const events = new EventSource('api/events');
  events.addEventListener('changed', (event) => changed(Number(event.data)));
}
