'use strict';

const index = JSON.parse(document.getElementById('index').textContent);
const photographsAPage = 24;
const layers = ['cam', 'boundary', 'displacement', 'instances', 'truth'];
const layerNames = { cam: 'CAM', boundary: 'boundary', displacement: 'displacement', instances: 'instances', truth: 'ground truth' };
const state = { class: '', kind: '', score: 0, name: '', page: 1, show: ['instances'] };

const byId = id => document.getElementById(id);
const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// The state is in the address, so that a selection can be kept and sent.
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  state.class = index.classes.includes(given.get('class')) ? given.get('class') : '';
  state.kind = index.kinds.includes(given.get('kind')) || given.get('kind') === 'empty' ? given.get('kind') : '';
  state.score = Math.min(1, Math.max(0, Number(given.get('score')) || 0));
  state.name = given.get('name') || '';
  state.page = Math.max(1, Math.floor(Number(given.get('page'))) || 1);
  if (given.has('show')) state.show = given.get('show').split(',').filter(layer => layers.includes(layer));
}

function writeAddress() {
  const kept = new URLSearchParams();
  for (const key of ['class', 'kind', 'name']) if (state[key]) kept.set(key, state[key]);
  if (state.score > 0) kept.set('score', state.score);
  if (state.page > 1) kept.set('page', state.page);
  if (state.show.join() !== 'instances') kept.set('show', state.show.join());
  history.replaceState(null, '', '#' + kept);
}

// Found instances are [class, score, kind], drawn ones [class, kind]; kind 0 is none.
function isSelected(photograph) {
  if (!photograph.name.toLowerCase().includes(state.name.toLowerCase())) return false;
  const ofClass = instance => !state.class || index.classes[instance[0]] === state.class;
  const found = photograph.found.filter(instance => ofClass(instance) && instance[1] >= state.score);
  const drawn = photograph.drawn.filter(ofClass);
  if (state.kind === 'empty') return photograph.found.every(instance => instance[1] < state.score || instance[1] === 0);
  if (state.kind) {
    const kind = index.kinds.indexOf(state.kind);
    return found.some(instance => instance[2] === kind) || drawn.some(instance => instance[1] === kind);
  }
  return found.length > 0 || (state.score === 0 && (!state.class || drawn.length > 0));
}

// COCO's compressed run lengths, of which those from the fourth on are relative to the one two before.
function runLengths(text) {
  const counts = [];
  for (let at = 0; at < text.length;) {
    let value = 0, shift = 0, more = true;
    while (more) {
      const group = text.charCodeAt(at++) - 48;
      value |= (group & 31) << shift;
      more = (group & 32) !== 0;
      shift += 5;
      if (!more && (group & 16)) value |= -1 << shift;
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  return counts;
}

function inside(text, height, width) {
  const mask = new Uint8Array(height * width);
  let position = 0, value = 0;
  for (const count of runLengths(text)) {
    if (value) for (let end = position + count, at = position; at < end; at++) mask[(at % height) * width + Math.floor(at / height)] = 1;
    position += count;
    value = 1 - value;
  }
  return mask;
}

function drawMasks(canvas, masks, height, width, colours, fill) {
  canvas.height = height;
  canvas.width = width;
  const picture = new ImageData(width, height);
  masks.forEach((mask, n) => {
    const [red, green, blue] = colours[n];
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++, at++) {
        if (!mask[at]) continue;
        const rim = x === 0 || y === 0 || x === width - 1 || y === height - 1 || !mask[at - 1] || !mask[at + 1] || !mask[at - width] || !mask[at + width];
        if (rim || fill) picture.data.set([red, green, blue, rim ? 255 : 120], 4 * at);
      }
  });
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

const colour = n => index.colours[n % index.colours.length];

function card(number) {
  const photograph = index.photographs[number], content = JSON.parse(byId('p' + number).textContent);
  const made = element('figure', 'card');
  const picture = element('div', 'picture');
  picture.style.aspectRatio = `${content.width} / ${content.height}`;
  picture.title = 'larger or smaller';
  picture.onclick = () => made.classList.toggle('large');
  if (content.photograph) {
    const image = element('img');
    image.src = 'data:image/jpeg;base64,' + content.photograph;
    image.alt = photograph.name;
    picture.append(image);
  }
  if (content.maps)
    for (const [place, layer] of ['cam', 'boundary', 'displacement'].entries()) {
      const map = element('div', 'layer ' + layer);
      map.style.backgroundImage = `url(data:image/jpeg;base64,${content.maps})`;
      map.style.backgroundPosition = `0 ${place * 50}%`;
      picture.append(map);
    }
  const shown = photograph.found.map((instance, n) => n).filter(n => photograph.found[n][1] >= state.score && photograph.found[n][1] > 0);
  const instances = element('canvas', 'layer instances');
  drawMasks(instances, shown.map(n => inside(content.found[n], content.height, content.width)), content.height, content.width, shown.map(colour), true);
  picture.append(instances);
  if (index.hasTruth) {
    const truth = element('canvas', 'layer truth');
    drawMasks(truth, content.drawn.map(mask => inside(mask, content.height, content.width)), content.height, content.width, content.drawn.map(() => [255, 255, 255]), false);
    picture.append(truth);
  }

  const caption = element('figcaption');
  caption.append(element('b', '', photograph.name));
  if (photograph.tags.length > 0) caption.append(element('span', 'tags', photograph.tags.map(tag => index.classes[tag]).join(', ')));
  const list = element('div', 'chips');
  for (const n of shown) {
    const [classIndex, score, kind] = photograph.found[n];
    const chip = element('span', 'chip', `${index.classes[classIndex]} ${score.toFixed(2)}`);
    chip.style.borderColor = `rgb(${colour(n)})`;
    list.append(chip);
    if (kind) list.append(element('span', 'error', index.kinds[kind]));
  }
  for (const [classIndex, kind] of photograph.drawn)
    if (kind) list.append(element('span', 'error', `${index.kinds[kind]}: ${index.classes[classIndex]}`));
  caption.append(list);

  const toggles = element('div', 'toggles');
  for (const layer of layers) {
    if (!picture.querySelector('.' + layer)) continue;
    const button = element('button', '', layerNames[layer]);
    const set = on => {
      picture.classList.toggle('show-' + layer, on);
      button.setAttribute('aria-pressed', on);
    };
    set(state.show.includes(layer));
    button.onclick = () => set(button.getAttribute('aria-pressed') !== 'true');
    toggles.append(button);
  }
  caption.append(toggles);
  made.append(picture, caption);
  return made;
}

function render() {
  const selected = index.photographs.map((photograph, n) => n).filter(n => isSelected(index.photographs[n]));
  const pages = Math.max(1, Math.ceil(selected.length / photographsAPage));
  state.page = Math.min(state.page, pages);
  byId('gallery').replaceChildren(...selected.slice((state.page - 1) * photographsAPage, state.page * photographsAPage).map(card));
  byId('count').textContent = `${selected.length} of ${index.photographs.length} photographs`;
  byId('place').textContent = `page ${state.page} of ${pages}`;
  byId('previous').disabled = state.page === 1;
  byId('next').disabled = state.page === pages;
  byId('class').value = state.class;
  byId('kind').value = state.kind;
  byId('score').value = state.score;
  byId('least').textContent = state.score.toFixed(2);
  byId('name').value = state.name;
  for (const layer of layers) if (byId('show-' + layer)) byId('show-' + layer).checked = state.show.includes(layer);
  for (const curve of document.querySelectorAll('.curves [data-class]')) curve.classList.toggle('chosen', curve.dataset.class === state.class);
  writeAddress();
}

function change(changed, page = 1) {
  Object.assign(state, changed, { page });
  render();
}

function option(value, text) {
  const made = element('option', '', text);
  made.value = value;
  return made;
}

byId('class').append(option('', 'all'), ...index.classes.map(name => option(name, name)));
byId('kind').append(option('', 'any'), ...index.kinds.slice(1).filter(() => index.hasTruth).map(kind => option(kind, kind)), option('empty', 'nothing found'));
byId('class').onchange = event => change({ class: event.target.value });
byId('kind').onchange = event => change({ kind: event.target.value });
byId('score').oninput = event => change({ score: Number(event.target.value) });
byId('name').oninput = event => change({ name: event.target.value });
byId('previous').onclick = () => change({}, state.page - 1);
byId('next').onclick = () => change({}, state.page + 1);
for (const layer of layers) {
  if (layer === 'truth' ? !index.hasTruth : layer !== 'instances' && !index.hasMaps) continue;
  const label = element('label', '', layerNames[layer]);
  const box = element('input');
  box.type = 'checkbox';
  box.id = 'show-' + layer;
  box.onchange = () => change({ show: layers.filter(each => byId('show-' + each)?.checked) }, state.page);
  label.prepend(box);
  byId('layers').append(label);
}
window.onhashchange = () => { readAddress(); render(); };
readAddress();
render();
