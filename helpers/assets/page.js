/* Draws the charts of a page, makes its tables sortable, and lists its contents.
   Words from clippings only ever become text (textContent), never HTML. */
'use strict';
(() => {
  const PRINT_WIDTH = 640; // pixels that fit between the margins of A4
  const NARROW = 480; // pixels: smaller letters leave room for what they name
  const NUMBER = /^[+\-−]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?\s?[%‰]?$/i;
  const NOTHING = /^(|nan|nat|none|<na>|—|-)$/i;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  /* An element with its properties and children; strings become text. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const pageName = () => document.title.split(' · ')[0];
  const english = (words) => make('span', { lang: 'en' }, words);

  /* Charts */

  /* A map asks a server for coastlines before it draws; an empty one spares the question. */
  function blankMaps() {
    const layers = ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'];
    const nothing = { type: 'GeometryCollection', geometries: [] };
    const objects = Object.fromEntries(layers.map((layer) => [layer, nothing]));
    const map = { type: 'Topology', arcs: [], objects };
    window.PlotlyGeoAssets = { topojson: { world_110m: map, world_50m: map } };
  }

  /* The layout without its title, which stands above the chart as text that wraps. */
  function untitled(layout, box) {
    const { title, width, ...rest } = layout || {};
    rest.margin = { ...rest.margin, t: Number(box.dataset.top) };
    rest.height = box.clientHeight;
    rest.autosize = true;
    if (box.clientWidth < NARROW) rest.font = { ...rest.font, size: 12 };
    rest.paper_bgcolor = rest.plot_bgcolor = 'transparent'; // rice paper on screens, white in print
    if (rest.dragmode === undefined) rest.dragmode = false; // a finger on a chart scrolls the page
    if (calm) rest.transition = { duration: 0 };
    return rest;
  }

  async function draw(box) {
    const source = box.querySelector(':scope > script[type="application/json"]');
    if (!source) return;
    const figure = JSON.parse(source.textContent);
    const plot = make('div', { className: 'drawing' });
    box.append(plot);
    await Plotly.newPlot(plot, {
      data: figure.data,
      layout: untitled(figure.layout, box),
      frames: figure.frames,
      config: {
        ...figure.config,
        responsive: true, displayModeBar: false, displaylogo: false,
        showSendToCloud: false, plotlyServerURL: '', showTips: false,
      },
    });
    const tools = make('p', { className: 'tools save' }, pictureButton(figure, plot));
    const evidence = figure.layout?.meta?.evidence;
    if (evidence) tools.prepend(evidenceButton(evidence, plot));
    box.parentElement.append(tools);
  }

  function pictureButton(figure, plot) {
    const layout = { ...figure.layout, width: undefined };
    const looks = { format: 'png', scale: 2, width: 880, height: plot.layout.height + 68 };
    const save = () => Plotly.downloadImage(
      { data: figure.data, layout }, { ...looks, filename: pageName() });
    return make('button', { type: 'button', onclick: save }, '存为图片 ', english('save as PNG'));
  }

  /* Evidence. A figure may carry layout.meta.evidence = {key: {title, total, passages: [...]}}, a
     passage being {left, node, right, headline, source}; a mark whose customdata is or holds a key
     opens the passages of that key. */

  function evidenceButton(evidence, plot) {
    plot.classList.add('traced');
    plot.on('plotly_click', ({ points }) => {
      const key = [points[0].customdata].flat(3).find((part) => Object.hasOwn(evidence, part));
      if (key !== undefined) showEvidence([evidence[key]]);
    });
    const all = () => showEvidence(Object.values(evidence));
    return make('button', { type: 'button', onclick: all }, '全部出处 ', english('all evidence'));
  }

  function showEvidence(groups) {
    const panel = make('dialog', { className: 'evidence', 'aria-label': '出处', tabIndex: -1 });
    const shut = make('button', { type: 'button', className: 'shut', 'aria-label': '关闭' }, '×');
    shut.onclick = () => panel.close();
    panel.onclick = (event) => {
      if (event.target === panel && outside(panel, event)) panel.close();
    };
    panel.onclose = () => panel.remove();
    panel.append(shut, ...groups.flatMap((group) => [
      make('h2', {}, group.title),
      counted(group.passages.length, group.total ?? group.passages.length),
      ...group.passages.map(passage)]));
    document.body.append(panel);
    panel.showModal(); // the browser keeps the focus inside, and gives it back at the end
    panel.focus();
  }

  const counted = (shown, total) => make('p', { className: 'many' },
    `${total} 处中列 ${shown} 处 `, english(`${shown} of ${total} passages`));

  function outside(panel, { clientX, clientY }) {
    const { left, right, top, bottom } = panel.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  }

  function passage({ left = '', node = '', right = '', headline = '', source = '' }) {
    const copy = make('button', { type: 'button' }, '复制出处 ', english('copy'));
    copy.onclick = async () => {
      await navigator.clipboard.writeText(`${left}${node}${right}\n《${headline}》，${source}`);
      copy.textContent = '已复制 copied';
    };
    return make('article', {},
      make('p', {}, left, make('mark', {}, node), right),
      make('p', { className: 'headline' }, headline),
      make('p', { className: 'source' }, source, copy));
  }

  function sorry(box, error) {
    console.error(error);
    box.append(make('p', { className: 'notice' }, '此图未能显示。', english(
      typeof Plotly === 'undefined'
        ? 'This chart needs the folder "assets" beside the page.'
        : `This chart could not be drawn: ${error.message}`)));
  }

  async function drawAll() {
    blankMaps();
    for (const box of document.querySelectorAll('.plate')) {
      try { await draw(box); } catch (error) { sorry(box, error); }
    }
    document.documentElement.dataset.ready = 'yes';
  }

  const drawings = () => [...document.querySelectorAll('.drawing.js-plotly-plot')];
  addEventListener('beforeprint', () => drawings().forEach(
    (plot) => Plotly.relayout(plot, { width: PRINT_WIDTH, autosize: false })));
  addEventListener('afterprint', () => drawings().forEach(
    (plot) => Plotly.relayout(plot, { width: null, autosize: true })));

  /* Tables */

  const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
  const textOf = (cell) => (cell ? cell.textContent.trim() : '');

  /* A heading that spans rows is repeated in each of them, so that rows can be moved. */
  function unspan(rows) {
    rows.forEach((row, at) => [...row.cells].forEach((cell) => {
      const span = cell.rowSpan;
      cell.rowSpan = 1;
      for (const below of rows.slice(at + 1, at + span)) {
        below.insertBefore(cell.cloneNode(true), below.cells[cell.cellIndex] || null);
      }
    }));
  }

  /* For every column the lowest heading that names it. */
  function headingsOf(table) {
    const headings = [];
    for (const row of table.tHead ? table.tHead.rows : []) {
      let column = 0;
      for (const cell of row.cells) {
        if (cell.colSpan === 1 && (textOf(cell) || !headings[column])) headings[column] = cell;
        column += cell.colSpan;
      }
    }
    return headings;
  }

  /* Row numbers that pandas made up, and the second row of headings that only names the rows. */
  function tidy(table, rows) {
    const [first, second] = table.tHead?.rows || [];
    const merges = second && [...second.cells].every(
      (cell, at) => !textOf(cell) || !textOf(first.cells[at]));
    if (merges && first.cells.length === second.cells.length) {
      [...second.cells].forEach((cell, at) => first.cells[at].append(...cell.childNodes));
      second.remove();
    }
    const counted = rows.every((row, at) => row.cells[0]?.matches('th')
      && textOf(row.cells[0]) === String(at));
    if (first && counted && !textOf(first.cells[0])) {
      [first, ...rows].forEach((row) => row.cells[0].remove());
    }
  }

  function isNumeric(rows, column) {
    const texts = rows.map((row) => textOf(row.cells[column]))
      .filter((text) => !NOTHING.test(text));
    return texts.length > 0 && texts.every((text) => NUMBER.test(text));
  }

  const valueOf = (text) => parseFloat(text.replace(/,/g, '').replace('−', '-'));

  /* Compares two rows by one column; rows that say nothing there come last either way. */
  function comparer(column, numeric, sign) {
    return (one, other) => {
      const [a, b] = [textOf(one.cells[column]), textOf(other.cells[column])];
      const [none, nil] = [NOTHING.test(a), NOTHING.test(b)];
      if (none || nil) return none - nil;
      if (numeric) return sign * (valueOf(a) - valueOf(b));
      return sign * a.localeCompare(b, 'zh-CN', { numeric: true });
    };
  }

  /* One click sorts, the next turns the order round, the third restores it. */
  function sortable(table, rows, headings, column) {
    const heading = headings[column];
    const numeric = isNumeric(rows, column);
    const turns = numeric ? ['descending', 'ascending'] : ['ascending', 'descending'];
    const button = make('button', { type: 'button', className: 'sort' }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const turn = turns[turns.indexOf(heading.getAttribute('aria-sort')) + 1];
      headings.forEach((other) => other.removeAttribute('aria-sort'));
      if (turn) heading.setAttribute('aria-sort', turn);
      const sign = turn === 'ascending' ? 1 : -1;
      table.tBodies[0].append(...(turn ? [...rows].sort(comparer(column, numeric, sign)) : rows));
    });
  }

  /* A cell that a spreadsheet would run as a formula gets an apostrophe; numbers stay as they are. */
  function csvCell(text) {
    const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  function csvOf(headings, rows) {
    const table = [headings.map(textOf), ...rows.map((row) => [...row.cells].map(textOf))];
    return `\uFEFF${table.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
  }

  function download(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    make('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  /* The box that hides the rows without its words, and says how many are left. */
  function filterBox(rows, changed) {
    const said = make('output', {}, '');
    const input = make('input', { type: 'search', spellcheck: false });
    input.addEventListener('input', () => {
      const words = input.value.trim().toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      said.textContent = input.value.trim() ? `${rows.length} 行中 ${left} 行` : '';
      changed(left);
    });
    const label = make('label', {}, '筛选 ', english('filter'), input);
    return make('p', { className: 'tools' }, label, said);
  }

  /* How a column is set: numbers to the right, a word between its contexts, long text wrapped. */
  function lookOf(rows, column, name) {
    if (isNumeric(rows, column)) return 'number';
    if (['left', 'node', 'right'].includes(name)) return name;
    return rows.some((row) => textOf(row.cells[column]).length > 14) ? 'long' : 'short';
  }

  function polishColumns(table, rows) {
    const headings = headingsOf(table);
    headings.forEach((heading, column) => {
      const look = lookOf(rows, column, textOf(heading));
      heading.classList.add(look);
      rows.forEach((row) => row.cells[column]?.classList.add(look));
      if (rows.length > 1 && textOf(heading)) sortable(table, rows, headings, column);
    });
    table.tHead?.querySelectorAll('th').forEach((cell) => { cell.scope = 'col'; });
    rows.forEach((row) => row.querySelectorAll('th').forEach((cell) => { cell.scope = 'row'; }));
    return headings;
  }

  function polish(table, number) {
    const rows = rowsOf(table);
    if (!rows.length) {
      table.replaceWith(make('p', { className: 'nothing' }, '一行也没有。', english('No rows.')));
      return;
    }
    unspan(rows);
    tidy(table, rows);
    const headings = polishColumns(table, rows);
    const count = english('');
    const tell = (left) => { count.textContent = `download ${left} rows as CSV`; };
    tell(rows.length);
    const save = () => download(
      `${pageName()}-${number}.csv`,
      csvOf(headings, rowsOf(table).filter((row) => !row.hidden)));
    const scroll = make('div', {
      className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': `表 ${number}`,
    });
    const frame = make('div', { className: 'table' });
    table.replaceWith(frame);
    scroll.append(table);
    if (rows.length >= 8) frame.append(filterBox(rows, tell));
    frame.append(scroll, make('p', { className: 'tools save' },
      make('button', { type: 'button', onclick: save }, '下载表格 ', count)));
  }

  /* Contents */

  function chineseOf(heading) {
    const copy = heading.cloneNode(true);
    copy.querySelectorAll('.en').forEach((part) => part.remove());
    return copy.textContent.trim();
  }

  function contents() {
    const headings = [...document.querySelectorAll('main > .text h2')];
    if (headings.length < 3) return;
    const links = new Map(headings.map((heading, at) => {
      const same = headings.findIndex((other) => other.id === heading.id) !== at;
      if (!heading.id || same) heading.id = `s-${at + 1}`;
      const address = `#${encodeURIComponent(heading.id)}`;
      return [heading, make('a', { href: address }, chineseOf(heading))];
    }));
    const list = make('ol', {}, ...[...links.values()].map((link) => make('li', {}, link)));
    document.querySelector('main').before(
      make('nav', { className: 'contents', 'aria-label': '目录 contents' }, list));
    const mark = () => {
      const line = innerHeight / 3;
      const read = headings.filter((heading) => heading.getBoundingClientRect().top < line);
      links.forEach((link) => link.removeAttribute('aria-current'));
      links.get(read.at(-1) || headings[0]).setAttribute('aria-current', 'true');
    };
    addEventListener('scroll', mark, { passive: true });
    mark();
  }

  contents();
  document.querySelectorAll('table.dataframe').forEach((table, at) => polish(table, at + 1));
  drawAll();
})();
