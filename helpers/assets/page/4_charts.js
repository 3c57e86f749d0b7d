/* Charts. */

const PRINT_WIDTH = 640; // pixels that fit between the margins of A4
const NARROW = 480; // pixels: smaller letters leave room for what they name
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/* A map asks a server for coastlines before it draws; an empty one spares the question. */
function blankMaps() {
  const layers = ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'];
  const nothing = { type: 'GeometryCollection', geometries: [] };
  const objects = Object.fromEntries(layers.map((layer) => [layer, nothing]));
  const map = { type: 'Topology', arcs: [], objects };
  window.PlotlyGeoAssets = { topojson: { world_110m: map, world_50m: map } };
}

/* Labels in two lines collide where they must be turned, as on a phone. */
const inOneLine = (text) => text.replace('<br>', /[a-z]<br>/i.test(text) ? ' ' : '');

/* The layout in the language of the page, with room for names at the end of lines; on a phone a term
   stands without its gloss. */
function worded(layout, across) {
  const found = spoken(layout);
  if (!found?.annotations) return found;
  const annotations = across >= NARROW ? found.annotations : found.annotations.map((note, at) => {
    const { text, xref, x } = layout.annotations[at];
    if (xref === 'paper' && x === 0) return { ...note, text: note.text.split('<br>').flatMap((line) => inLines(line, 44)).join('<br>') };
    return note.text.startsWith(`${text} `) ? { ...note, text } : note;
  });
  const letter = across < NARROW ? 6.6 : 7.7; // pixels
  const ends = annotations.filter((note) => note.xref === 'paper' && note.x === 1)
    .map((note) => 20 + letter * widthOf(note.text));
  const margin = { ...found.margin, ...(ends.length && { r: Math.max(found.margin.r, ...ends) }) };
  return { ...found, annotations, margin };
}

/* The layout without its title, which stands above the chart as text that wraps. */
function untitled(layout, box, across) {
  const { title, width, ...rest } = layout || {};
  rest.margin = { ...rest.margin, t: Number(box.dataset.top) };
  rest.height = box.clientHeight;
  if (across === box.clientWidth) rest.autosize = true;
  else Object.assign(rest, { width: across, autosize: false });
  if (across < NARROW) {
    rest.font = { ...rest.font, size: 12 };
    if (rest.yaxis?.ticktext) {
      rest.yaxis = { ...rest.yaxis, ticktext: rest.yaxis.ticktext.map(
        (text) => (text.includes('<') ? text : inLines(text, 32).join('<br>'))) };
    }
    if (rest.xaxis?.ticktext) {
      rest.xaxis = { ...rest.xaxis, ticktext: rest.xaxis.ticktext.map(inOneLine) };
    }
  }
  rest.paper_bgcolor = rest.plot_bgcolor = 'transparent'; // rice paper on screens, white in print
  if (rest.dragmode === undefined) rest.dragmode = false; // a finger on a chart scrolls the page
  if (calm) rest.transition = { duration: 0 };
  return rest;
}

/* A cloud has its words in two arrangements; it stands in the middle, a pixel to a unit. */
function arranged(figure, across) {
  const { narrow } = figure.layout?.meta || {};
  if (!narrow) return figure;
  const { area, ...words } = narrow;
  const wide = [figure.layout.xaxis.range[1], figure.layout.yaxis.range[0]];
  const small = across < wide[0] - 16; // a little less room is no reason to be set anew
  const [width] = small ? area : wide;
  const side = Math.max(0, (across - 16 - width) / 2);
  return {
    ...figure,
    data: small ? [{ ...figure.data[0], ...words }] : figure.data,
    layout: { ...figure.layout, xaxis: { ...figure.layout.xaxis, range: [-side, width + side] } },
  };
}

/* Tiles too narrow for their numbers go without: the colour, the hover and the table say them. */
function legible(data, across) {
  return data.map((trace) => (
    trace.type === 'heatmap' && trace.x?.length > 8 && trace.text && across < NARROW
      ? { ...trace, texttemplate: '' } : trace));
}

async function draw(box) {
  const source = box.querySelector(':scope > script[type="application/json"]');
  if (!source) return;
  const figure = JSON.parse(source.textContent);
  const plot = make('div', { className: 'drawing' });
  const look = (across = box.clientWidth) => {
    const { data = [], layout, frames, config } = arranged(figure, across);
    return {
      data: spoken(hovering(legible(data, across), layout?.meta, across)),
      layout: untitled(worded(layout, across), box, across), frames, config,
    };
  };
  const first = look();
  box.append(plot);
  LOOKS.set(plot, look);
  await Plotly.newPlot(plot, { ...first, config: { ...first.config, ...QUIET } });
  readable(box, plot, figure, pictureButton(figure, plot));
}

const LOOKS = new Map(); // drawing → what it shows, so many pixels across
const QUIET = {
  responsive: true, displayModeBar: false, displaylogo: false,
  showSendToCloud: false, plotlyServerURL: '', showTips: false,
};

/* Draws a chart again: in another language, or for another width. */
function redraw(plot, across) {
  const { data, layout } = LOOKS.get(plot)(across);
  Plotly.react(plot, data, layout);
}

/* What a chart says beside its picture: its sentence, its marks one by one, and its data. */
function readable(box, plot, figure, save) {
  const [frame, meta] = [box.parentElement, figure.layout?.meta || {}];
  plot.firstElementChild.setAttribute('aria-hidden', 'true');
  frame.append(make('p', { className: 'tools save' }, save));
  if (!meta.rows) return;
  plot.classList.toggle('traced', Boolean(meta.hits));
  Object.entries({
    tabindex: 0, role: 'application', 'aria-roledescription': '图 chart',
    'aria-label': `${meta.alt.join(' ')} 方向键逐项，回车看出处。Arrow keys: marks; Enter: passages.`,
  }).forEach(([name, value]) => plot.setAttribute(name, value));
  frame.append(folded(meta, walkable(plot, meta, figure.data)));
}

function pictureButton(figure, plot) {
  const looks = { format: 'png', scale: 2, width: 880, height: plot.layout.height + 68 };
  const save = () => Plotly.downloadImage(
    { data: spoken(figure.data), layout: { ...spoken(figure.layout), width: undefined } },
    { ...looks, filename: pageName() });
  return make('button', { type: 'button', onclick: save }, '存为图片 ', english('save as PNG'));
}

function sorry(box, error) {
  console.error(error);
  box.append(make('p', { className: 'notice' }, '此图未能显示。', english(
    typeof Plotly === 'undefined'
      ? 'This chart needs the folder "assets" beside the page.'
      : `This chart could not be drawn: ${error.message}`)));
}

/* Draws a chart once; the browser keeps the time (performance.getEntriesByName('chart')). */
async function drawOnce(box) {
  if (box.dataset.drawn) return;
  box.dataset.drawn = 'yes';
  try { await draw(box); } catch (error) { sorry(box, error); }
  performance.mark('chart');
}

/* What is in the window comes first, then what is nearest; between two charts the page is free. */
async function drawAll() {
  blankMaps();
  const places = new Map(plates().map((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return [box, Math.max(0, top - innerHeight, -bottom)];
  }));
  for (const box of [...places.keys()].sort((a, b) => places.get(a) - places.get(b))) {
    await drawOnce(box);
    await new Promise((go) => { setTimeout(go); });
  }
  document.documentElement.dataset.ready = 'yes';
}

const plates = () => [...document.querySelectorAll('.plate')];
const drawings = () => [...document.querySelectorAll('.drawing.js-plotly-plot')];
addEventListener('tongue', () => drawings().forEach((plot) => redraw(plot)));
addEventListener('resize', () => drawings().filter((plot) => plot.layout.meta?.narrow)
  .forEach((plot) => redraw(plot)));
addEventListener('beforeprint', () => {
  plates().forEach(drawOnce);
  drawings().forEach((plot) => redraw(plot, PRINT_WIDTH));
});
addEventListener('afterprint', () => drawings().forEach((plot) => redraw(plot)));
