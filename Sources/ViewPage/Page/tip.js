// What a probe reads, beside the pointer for eyes and in a live region for ears.

const tip = document.getElementById('tip');
const spoken = document.getElementById('spoken');

/** Rows of name and value. */
export function show(rows, event) {
  tip.replaceChildren(...rows.map(([name, value]) => {
    const row = document.createElement('div');
    const [left, right] = [document.createElement('span'), document.createElement('b')];
    left.textContent = name;
    right.textContent = value;
    row.append(left, right);
    return row;
  }));
  tip.hidden = false;
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const { clientX, clientY } = event;
  tip.style.left = `${Math.max(4, clientX + 16 + width > innerWidth ? clientX - 16 - width : clientX + 16)}px`;
  tip.style.top = `${Math.max(4, clientY + 16 + height > innerHeight ? clientY - 16 - height : clientY + 16)}px`;
}

export function hide() { tip.hidden = true; }

export function say(text) { spoken.textContent = text; }
