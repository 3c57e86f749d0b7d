/* The marks of a chart: bars, points, tiles, boxes, words. What they are stands in layout.meta, one
   row each: names, rows (of the folded table, under heads), hits and totals. A point of plotly
   belongs to mark customdata[0], and customdata[1] is its sentence. */

const isMark = (cell) => Array.isArray(cell) && typeof cell[0] === 'number' && cell.length === 2;

/* For every mark its sentence and the first point that plotly draws for it; tiles come in rows. */
function pointsOf(data) {
  const found = new Map();
  const see = ([mark, said], curveNumber, pointNumber) => {
    if (!found.has(mark)) found.set(mark, { curveNumber, pointNumber, said });
  };
  data.forEach((trace, curve) => (trace.customdata || []).forEach((cell, at) => {
    if (isMark(cell)) see(cell, curve, at);
    else if (Array.isArray(cell)) {
      cell.forEach((tile, column) => { if (isMark(tile)) see(tile, curve, [at, column]); });
    }
  }));
  return found;
}

/* The sentence of a mark in the language of the page, in both beneath each other. */
function sentenceOf(meta, mark, said) {
  const english = meta.english?.[mark];
  if (!english || tongue() === 'zh') return [said];
  return tongue() === 'en' ? [english] : [said, english];
}

/* What plotly shows on hover: the sentences, in lines that fit; of plotly's signs none is a letter. */
function hovered(meta, across) {
  const most = Math.min(64, Math.max(28, Math.floor(across / 7) - 6));
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return ([mark, said]) => [mark, sentenceOf(meta, mark, plainly(said))
    .flatMap((text) => inLines(text, most)).map(escaped).join('<br>')];
}

/* The data of a chart with the sentences that it shows on hover. */
function hovering(data, meta, across) {
  if (!meta?.names) return data;
  const told = hovered(meta, across);
  const each = (cell) => (isMark(cell) ? told(cell) : Array.isArray(cell) ? cell.map(each) : cell);
  return data.map((trace) => (
    trace.customdata ? { ...trace, customdata: trace.customdata.map(each) } : trace));
}

const plainly = (said) => new DOMParser().parseFromString(said, 'text/html').body.textContent;
const markAt = ({ points }) => [points[0].customdata].flat(2)[0];

/* What the panel needs of a mark. */
function evidenceOf(meta, mark, said) {
  return {
    name: meta.names[mark],
    said: plainly(said), english: meta.english?.[mark],
    hits: meta.hits[mark], total: meta.totals[mark],
  };
}

/* Arrows walk through the marks, Home and End go to the first and the last, Enter opens the
   passages. Each mark that is reached is read out, and ringed. */
function walkable(plot, meta, data) {
  const marks = pointsOf(data);
  const order = [...marks.keys()].sort((a, b) => a - b);
  const said = make('p', { className: 'unseen', 'aria-live': 'polite' });
  const ring = make('div', { className: 'ring', hidden: true });
  let now = -1;
  plot.after(said);
  plot.append(ring);

  function open(mark, more) {
    now = order.indexOf(mark);
    plot.focus({ preventScroll: true });
    if (meta.hits) showEvidence({ ...evidenceOf(meta, mark, marks.get(mark)?.said || ''), more });
  }
  function go(step) {
    now = Math.min(order.length - 1, Math.max(0, step));
    const { curveNumber, pointNumber, said: words } = marks.get(order[now]);
    said.textContent = sentenceOf(meta, order[now], plainly(words)).join(' ');
    pointAt(plot, curveNumber, pointNumber, ring);
  }
  plot.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1,
      Home: 0, End: order.length - 1 };
    if (event.key in steps) go(steps[event.key]);
    else if ((event.key === 'Enter' || event.key === ' ') && now >= 0) open(order[now]);
    else return;
    event.preventDefault();
  });
  plot.addEventListener('blur', () => {
    ring.hidden = true;
    if (plot._fullLayout?.xaxis) Plotly.Fx.unhover(plot);
  });
  plot.addEventListener('pointerdown', () => { ring.hidden = true; });
  plot.on('plotly_click', (event) => {
    const mark = markAt(event);
    if (marks.has(mark) && plot.data[0].type !== 'treemap') open(mark);
  });
  if (plot.data[0].type === 'treemap') enterable(plot, open);
  return open;
}

/* A click on a box of a tree opens its passages, which lead into it; the bar above leads out. */
function enterable(plot, open) {
  let inside = '';
  plot.on('plotly_treemapclick', (event) => {
    const [point] = event.points;
    const out = inside === point.id || inside.startsWith(`${point.id}/`);
    if (out || point.id === '' || point.id === undefined) {
      inside = event.nextLevel || '';
      return true;
    }
    const has = plot.data[0].parents.includes(point.id);
    const enter = make('button', { type: 'button', className: 'enter' }, '放大这一格 ', english('go in'));
    enter.onclick = () => {
      enter.closest('dialog').close();
      inside = point.id;
      Plotly.restyle(plot, { level: [point.id] });
    };
    open(markAt(event), has ? [enter] : []);
    return false;
  });
}

/* Shows a mark as the pointer would, with its sentence, and puts the ring around it. */
function pointAt(plot, curveNumber, pointNumber, ring) {
  const { type, ids } = plot.data[curveNumber];
  const box = boxOf(plot, curveNumber, pointNumber);
  ring.hidden = !box;
  if (box) {
    const size = (length) => Math.max(18, length) + 6;
    Object.assign(ring.style, {
      width: `${size(box.width)}px`, height: `${size(box.height)}px`,
      left: `${box.x + (box.width - size(box.width)) / 2}px`,
      top: `${box.y + (box.height - size(box.height)) / 2}px`,
    });
  }
  if (type === 'treemap') {
    sliceOf(plot, ids[pointNumber])?.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  } else Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }]);
}

const sliceOf = (plot, id) => [...plot.querySelectorAll('.slice')].find(
  (slice) => slice.__data__?.data?.data?.id === id);

/* Where plotly drew a point: x, y, width and height in the plot; of tiles, by their axes. */
function boxOf(plot, curveNumber, pointNumber) {
  const { type, ids } = plot.data[curveNumber];
  if (type === 'heatmap') {
    const [{ x, y }] = plot.calcdata[curveNumber];
    const { xaxis, yaxis } = plot._fullLayout;
    const [row, column] = pointNumber;
    const [left, right] = [x[column], x[column + 1]].map((at) => xaxis._offset + xaxis.c2p(at));
    const [top, bottom] = [y[row], y[row + 1]].map((at) => yaxis._offset + yaxis.c2p(at)).sort((a, b) => a - b);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
  const trace = [...plot.querySelectorAll('.trace')].find(
    (group) => group.__data__?.[0]?.trace?.index === curveNumber);
  const shape = type === 'treemap' ? sliceOf(plot, ids[pointNumber])
    : [...(trace?.querySelectorAll('.point') || [])].find(
      (point, at) => (point.__data__?.i ?? at) === pointNumber);
  if (!shape) return null;
  const [home, box] = [plot, shape.querySelector('path') || shape].map((part) => part.getBoundingClientRect());
  return { x: box.x - home.x, y: box.y - home.y, width: box.width, height: box.height };
}

/* The data of a chart as a table that folds out; its last column opens the passages of a row. */
function folded(meta, open) {
  const body = make('div', {});
  const details = make('details', { className: 'data' }, make('summary', {},
    `数据 ${meta.rows.length} 行 `, english(`data, ${meta.rows.length} rows`)), body);
  details.addEventListener('toggle', () => {
    if (!body.childNodes.length) body.append(dataTable(meta, open));
    polishIn(body);
  }, { once: true });
  return details;
}

function dataTable(meta, open) {
  const head = meta.heads.map(([zh, en]) => make('th', {}, ...(en ? [zh, ' ', english(en)] : [zh])));
  if (meta.hits) head.push(make('th', {}, '出处', ' ', english('passages')));
  const rows = meta.rows.map((row, mark) => {
    const cells = row.map((value) => make('td', {}, value === null ? ''
      : typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 4 })
        : make('span', {}, ...inBoth(value))));
    if (meta.hits) {
      const button = make('button', {
        type: 'button', className: 'lead', 'aria-label': `${meta.names[mark]}：出处 passages` },
      String(meta.totals[mark]));
      button.onclick = () => open(mark);
      cells.push(make('td', {}, button));
    }
    return make('tr', {}, ...cells);
  });
  return make('table', { className: 'dataframe' },
    make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

const polishIn = (body) => body.querySelectorAll(':scope > table').forEach(
  (table) => polish(table, `data-${document.querySelectorAll('.data .table').length + 1}`));
